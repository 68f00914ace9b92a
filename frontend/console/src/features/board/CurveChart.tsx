import { useElementSize } from "@mantine/hooks";
import { count, score } from "../../format/numbers";
import classes from "./CurveChart.module.css";
import { type Chart, type ChartInput, layOut } from "./chart";

const HEIGHT = 300;

/** Quality against answered examples: curve with its band and error bars, baseline dashed, target, crossing. */
export function CurveChart({ board }: { board: ChartInput }) {
  const { ref, width } = useElementSize();
  const chart = width > 0 ? layOut(board, { width, height: HEIGHT }) : null;
  return (
    <div ref={ref} className={classes.frame}>
      {chart && (
        <svg width={width} height={HEIGHT} role="img" aria-label={spoken(board)}>
          <Grid chart={chart} />
          <Lines chart={chart} board={board} />
          <Curve chart={chart} />
          <Crossing chart={chart} />
        </svg>
      )}
    </div>
  );
}

function Grid({ chart }: { chart: Chart }) {
  return (
    <g>
      {chart.yTicks.map(({ value, at }) => (
        <g key={value}>
          <line x1={chart.left} x2={chart.right} y1={at} y2={at} className={classes.grid} />
          <text x={chart.left - 10} y={at + 4} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      {chart.xTicks.map(({ value, at }) => (
        <text key={value} x={at} y={chart.bottom + 22} textAnchor="middle">
          {count(value)}
        </text>
      ))}
    </g>
  );
}

function Lines({ chart, board }: { chart: Chart; board: ChartInput }) {
  const { baselineY, targetY, left, right } = chart;
  return (
    <g>
      {targetY !== null && (
        <>
          <line x1={left} x2={right} y1={targetY} y2={targetY} className={classes.target} />
          <text x={left + 6} y={targetY - 6}>
            Target {board.target_f}
          </text>
        </>
      )}
      {baselineY !== null && board.baseline && (
        <>
          <line x1={left} x2={right} y1={baselineY} y2={baselineY} className={classes.baseline} />
          <text x={right} y={baselineY - 6} textAnchor="end">
            {board.baseline.name} {score(board.baseline.f)}
          </text>
        </>
      )}
    </g>
  );
}

function Curve({ chart }: { chart: Chart }) {
  const last = chart.points.at(-1);
  return (
    <g>
      <path d={chart.band} className={classes.band} />
      <path d={chart.line} className={classes.curve} />
      {chart.points.map(({ x, lowY, highY, point }) => (
        <path
          key={point.examples}
          d={`M${x - 4} ${highY}h8m-4 0V${lowY}m-4 0h8`}
          className={classes.error}
        />
      ))}
      {chart.points.map(({ x, y, point }) => (
        <circle key={point.examples} cx={x} cy={y} r={5} className={classes.point}>
          <title>{`${count(point.examples)} answers: F ${score(point.f)}, between ${score(point.low)} and ${score(point.high)}`}</title>
        </circle>
      ))}
      {last && (
        <text x={last.x + 12} y={last.y + 4} className={classes.strong}>
          {score(last.point.f)}
        </text>
      )}
    </g>
  );
}

function Crossing({ chart: { crossing, bottom } }: { chart: Chart }) {
  if (!crossing) return null;
  return (
    <g>
      <line
        x1={crossing.x}
        x2={crossing.x}
        y1={crossing.y}
        y2={bottom}
        className={classes.crossing}
      />
      <circle cx={crossing.x} cy={crossing.y} r={3} className={classes.dot} />
      <text x={crossing.x + 8} y={bottom - 8} className={classes.strong}>
        passes at about {count(crossing.examples)}
      </text>
    </g>
  );
}

/** The chart in words, for those who do not see it. */
function spoken({ curve, baseline, passes_at }: ChartInput): string {
  const points = curve.map(({ examples, f }) => `${score(f)} at ${count(examples)} answers`);
  const parts = [`Learning curve: F ${points.join(", ")}.`];
  if (baseline) parts.push(`Baseline ${baseline.name}: ${score(baseline.f)}.`);
  if (passes_at !== null) parts.push(`Passes it at about ${count(passes_at)} answers.`);
  return parts.join(" ");
}
