import {
  type Label,
  type Layer,
  type LayeredChunk,
  type LayeredRun,
  layeredChunks,
  layersOf,
  pickMark,
  type Span,
  sameLayers,
} from "@annex/annotator-core";
import { labelStyle } from "@annex/ui";
import { type CSSProperties, memo, type ReactNode, useCallback, useMemo } from "react";
import { useText } from "../i18n/text";
import { ChunkBlock, cutClass, isLong } from "./Chunks";
import { useJoins } from "./joining";
import styles from "./LayeredSheet.module.css";
import { levelsOf } from "./placing";
import { DrawnPiece, SheetFrame, type SheetProps } from "./Sheet";

/** The text with marks that may overlap: each is a line under its words, with its name. */
export function LayeredSheet({ bench, editor, labels, sheet }: SheetProps) {
  const { task } = useText();
  const byId = useMemo(() => new Map(labels.map((label) => [label.id, label])), [labels]);
  const nameOf = useCallback(
    (label: string) => byId.get(label)?.name ?? task.aRetiredLabel,
    [byId, task],
  );
  const drawn = useMemo(() => layeredChunks(editor, nameOf), [editor, nameOf]);
  const lines = useMemo(
    () => Math.max(1, ...layersOf(editor, nameOf).map(({ line }) => line + 1)),
    [editor, nameOf],
  );
  const levels = Math.max(0, ...levelsOf(editor.content.links)) + 1;
  const isCut = useJoins(sheet, drawn, sameLayers);
  const press = (target: Element) => {
    const mark = markOf(target);
    if (mark) bench.edit((state) => pickMark(state, mark));
    return mark !== null;
  };
  return (
    <SheetFrame
      {...{ bench, editor, sheet }}
      className={`${styles.layered} ${isCut ? cutClass : ""}`}
      style={
        { "--lines": lines, "--levels": editor.content.links.length ? levels : 0 } as CSSProperties
      }
      onPressBeside={press}
    >
      {drawn.map((chunk) => (
        <ChunkOnce key={chunk.start} chunk={chunk} isFar={isLong(drawn)} labels={byId} />
      ))}
    </SheetFrame>
  );
}

/** The mark whose line or name is pressed; null on the text, which more than one mark may cover. */
function markOf(target: Element): Span | null {
  if (target.closest("[data-start]")) return null;
  const { mark } = target.closest<HTMLElement>("[data-mark]")?.dataset ?? {};
  return mark ? (JSON.parse(mark) as Span) : null;
}

interface ChunkProps {
  chunk: LayeredChunk;
  isFar: boolean;
  labels: ReadonlyMap<string, Label>;
}

const ChunkOnce = memo(
  ({ chunk, isFar, labels }: ChunkProps) => (
    <ChunkBlock chunk={chunk} isFar={isFar}>
      {chunk.runs.map((run) => (
        <Run key={run.start} run={run} labels={labels} />
      ))}
    </ChunkBlock>
  ),
  (before, after) =>
    before.labels === after.labels &&
    before.isFar === after.isFar &&
    sameLayers(before.chunk, after.chunk),
);

interface RunProps {
  run: LayeredRun;
  labels: ReadonlyMap<string, Label>;
}

/** Words between two edges of marks, in a box for every mark over them. */
function Run({ run, labels }: RunProps) {
  const [outermost] = run.layers.slice(-1);
  if (!outermost) {
    return run.pieces.map((piece) => <DrawnPiece key={piece.start} piece={piece} />);
  }
  const { span } = outermost;
  return (
    <LayerBox layer={outermost} label={labels.get(span.label)} isStart={span.start === run.start}>
      <Run run={{ ...run, layers: run.layers.slice(0, -1) }} labels={labels} />
    </LayerBox>
  );
}

interface LayerBoxProps {
  layer: Layer;
  label: Label | undefined;
  isStart: boolean;
  children: ReactNode;
}

function LayerBox({ layer, label, isStart, children }: LayerBoxProps) {
  const { task } = useText();
  const { span, line, kind, focused, chosen } = layer;
  const name = label?.name ?? task.aRetiredLabel;
  const says = { suggestion: `${name}?`, span: name }[kind];
  const looks = [
    styles.mark,
    kind === "suggestion" ? styles.suggestion : "",
    focused ? styles.focused : "",
    chosen ? styles.chosen : "",
  ];
  return (
    <span
      className={looks.join(" ").trim()}
      style={{ ...labelStyle(label?.colour ?? "#808080"), "--line": line } as CSSProperties}
      data-mark={JSON.stringify(span)}
      data-key={keyOf(span)}
    >
      {isStart ? (
        <i className={styles.anchor} data-anchor={keyOf(span)}>
          <i className={styles.name} data-name={chosen ? `${says} ${SIGNS[chosen]}` : says} />
        </i>
      ) : null}
      {children}
    </span>
  );
}

const SIGNS = { head: "→", child: "←" };

export function keyOf({ start, end, label }: Span): string {
  return `${start}-${end}-${label}`;
}
