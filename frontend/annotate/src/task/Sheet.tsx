import {
  beginSelection,
  type DrawnChunk,
  drawnChunks,
  type Editor,
  endSelection,
  extendSelection,
  type Label,
  letGo,
  type Piece,
  type Segment,
  sameDrawing,
  selectWord,
  type Workbench,
} from "@annex/annotator-core";
import { labelClass, labelStyle } from "@annex/ui";
import {
  type CSSProperties,
  memo,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useMemo,
} from "react";
import { useText } from "../i18n/text";
import { ChunkBlock, cutClass, isLong } from "./Chunks";
import { useJoins } from "./joining";
import { offsetAtPoint } from "./pointing";
import styles from "./Sheet.module.css";

export interface SheetProps {
  bench: Workbench;
  editor: Editor;
  labels: readonly Label[];
  sheet: RefObject<HTMLDivElement | null>;
}

/** The text with its marks: decisions filled, suggestions dashed. Draws `segments` and nothing else. */
export function Sheet({ bench, editor, labels, sheet }: SheetProps) {
  const drawn = useMemo(() => drawnChunks(editor), [editor]);
  const isCut = useJoins(sheet, drawn, sameDrawing);
  return (
    <SheetFrame {...{ bench, editor, sheet }} className={isCut ? cutClass : ""}>
      <Marks drawn={drawn} labels={labels} />
    </SheetFrame>
  );
}

export interface SheetFrameProps extends Omit<SheetProps, "labels"> {
  className: string;
  style?: CSSProperties;
  /** What a press on something other than the text does; whether it did anything. */
  onPressBeside?: (target: Element) => boolean;
  children: ReactNode;
}

/** What is read, pointed at and walked through by keys, however its marks are drawn. */
export function SheetFrame(props: SheetFrameProps) {
  const { bench, editor, sheet, className, style, onPressBeside, children } = props;
  const { task } = useText();
  const { index } = editor;
  useCaretInSight(sheet, editor);
  const point = (event: { clientX: number; clientY: number }) =>
    offsetAtPoint(sheet.current, index, event.clientX, event.clientY);

  const press = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    if (event.target instanceof Element && onPressBeside?.(event.target)) return;
    const offset = point(event);
    if (offset === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    bench.edit((state) => beginSelection(state, offset));
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const offset = point(event);
    if (offset !== null) bench.edit((state) => extendSelection(state, offset));
  };
  const release = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) bench.edit(endSelection);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a textarea cannot hold marks; this is read and marked, not typed in
    <div
      ref={sheet}
      className={`${styles.sheet} ${className}`}
      style={style}
      dir="auto"
      role="textbox"
      aria-readonly="true"
      aria-multiline="true"
      aria-label={task.textToAnnotate}
      tabIndex={0}
      spellCheck={false}
      translate="no"
      onMouseDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus({ preventScroll: true });
      }}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={() => bench.edit(letGo)}
      onDoubleClick={(event) => {
        const offset = point(event);
        if (offset !== null) bench.edit((state) => selectWord(state, offset));
      }}
    >
      {children}
    </div>
  );
}

/** What a sheet holds: the words with their marks. */
export function Marks({
  drawn,
  labels,
}: {
  drawn: readonly DrawnChunk[];
  labels: readonly Label[];
}) {
  const byId = useMemo(() => new Map(labels.map((label) => [label.id, label])), [labels]);
  return drawn.map((chunk) => (
    <DrawnOnce key={chunk.start} chunk={chunk} isFar={isLong(drawn)} labels={byId} />
  ));
}

/** Whoever moves by keyboard through a long text sees where they are. */
function useCaretInSight(sheet: RefObject<HTMLDivElement | null>, { caret, selection }: Editor) {
  // A pointer's selection is where the pointer is.
  const at =
    caret ?? (selection && selection.focus.end > selection.focus.start ? selection.focus : null);
  useLayoutEffect(() => {
    if (!at) return;
    const pieces = sheet.current?.querySelectorAll(`.${styles.caret}, .${styles.selected}`);
    pieces?.item(pieces.length - 1)?.scrollIntoView({ block: "nearest" });
  }, [sheet, at]);
}

interface ChunkProps {
  chunk: DrawnChunk;
  isFar: boolean;
  labels: ReadonlyMap<string, Label>;
}

/** Drawn anew only when something in it changed. */
const DrawnOnce = memo(
  ({ chunk, isFar, labels }: ChunkProps) => (
    <ChunkBlock chunk={chunk} isFar={isFar}>
      {chunk.segments.map((segment) => (
        <Drawn
          key={`${segment.kind}${segment.start}`}
          segment={segment}
          label={labels.get(segment.label ?? "")}
        />
      ))}
    </ChunkBlock>
  ),
  (before, after) =>
    before.labels === after.labels &&
    before.isFar === after.isFar &&
    sameDrawing(before.chunk, after.chunk),
);

function Drawn({ segment, label }: { segment: Segment; label: Label | undefined }) {
  const { task } = useText();
  const pieces = segment.pieces.map((piece) => <DrawnPiece key={piece.start} piece={piece} />);
  if (segment.kind === "plain") return pieces;
  const hint = segment.kind === "suggestion";
  const name = label?.name ?? task.aRetiredLabel;
  const kind = hint ? styles.suggestion : "";
  const focus = segment.focused ? styles.focused : "";
  return (
    <mark
      className={`${labelClass} ${styles.mark} ${kind} ${focus}`}
      style={labelStyle(label?.colour ?? "#808080")}
      data-starts={segment.isStart}
      data-ends={segment.isEnd}
      data-name={segment.isEnd ? (hint ? `${name}?` : name) : undefined}
    >
      {pieces}
    </mark>
  );
}

export function DrawnPiece({ piece }: { piece: Piece }) {
  const names = [
    piece.selected ? styles.selected : "",
    piece.proposed ? styles.proposed : "",
    piece.caret ? styles.caret : "",
  ];
  return (
    <span data-start={piece.start} className={names.join(" ").trim() || undefined}>
      {piece.text}
    </span>
  );
}
