import { Text } from "@mantine/core";
import type { TaskAnnotator } from "../../api/types";
import { SimulatedMark } from "../../components/Mark";
import { count } from "../../format/numbers";
import { duration } from "../../format/time";
import classes from "./AnnotatorBars.module.css";

/** One bar a person: accepted, rejected, ignored, on the scale of who answered most. */
export function AnnotatorBars({ annotators }: { annotators: TaskAnnotator[] }) {
  if (annotators.length === 0) {
    return <Text c="dimmed">Nobody is on this task yet. Add people below.</Text>;
  }
  const most = Math.max(1, ...annotators.map(answersOf));
  return (
    <ul className={classes.list}>
      {annotators.map((annotator) => (
        <Bar key={annotator.member ?? annotator.name} annotator={annotator} most={most} />
      ))}
    </ul>
  );
}

function answersOf({ accepted, rejected, ignored }: TaskAnnotator): number {
  return accepted + rejected + ignored;
}

function Bar({ annotator, most }: { annotator: TaskAnnotator; most: number }) {
  const { name, simulated, accepted, rejected, ignored, working_seconds } = annotator;
  const share = (value: number) => ({ width: `${(100 * value) / most}%` });
  return (
    <li className={classes.row}>
      <span className={classes.name}>
        {name} {simulated && <SimulatedMark />}
      </span>
      <span className={classes.bar} aria-hidden="true">
        <i className={classes.accepted} style={share(accepted)} />
        <i className={classes.rejected} style={share(rejected)} />
        <i className={classes.ignored} style={share(ignored)} />
      </span>
      <span className={classes.figures}>
        {count(accepted)} accepted · {count(rejected)} rejected · {count(ignored)} ignored
        {working_seconds > 0 && ` · ${duration(working_seconds)}`}
      </span>
    </li>
  );
}
