import { type Chunk, chunksOf, type TextIndex } from "@annex/annotator-core";
import { memo, type ReactNode, useRef } from "react";
import styles from "./Chunks.module.css";
import { useJoins } from "./joining";

/** Up to this many chunks a browser draws as quickly as it draws those in sight. */
const FEW = 4;

/** What a sheet is, in whose paragraphs one chunk goes on where another ends. */
export const cutClass = styles.cut ?? "";

/** Is it worth not to lay out the chunks that are far from the screen? */
export function isLong(chunks: readonly Chunk[]): boolean {
  return chunks.length > FEW;
}

interface ChunkBlockProps {
  chunk: Chunk;
  isFar: boolean;
  children: ReactNode;
}

/** A block that is laid out by itself; `joining.ts` needs its last element. */
export function ChunkBlock({ chunk, isFar, children }: ChunkBlockProps) {
  return (
    <div
      dir={chunk.direction}
      className={`${styles.chunk} ${isFar ? styles.far : ""}`}
      data-chunk={chunk.continues ?? ""}
    >
      {children}
      <span className={styles.end} />
    </div>
  );
}

/** A text that is only read, as long as it may be. */
export const Passage = memo(({ index }: { index: TextIndex }) => {
  const passage = useRef<HTMLDivElement>(null);
  const chunks = chunksOf(index);
  const isCut = useJoins(passage, chunks, Object.is);
  return (
    <div ref={passage} className={isCut ? styles.cut : undefined}>
      {chunks.map((chunk) => (
        <ChunkBlock key={chunk.start} chunk={chunk} isFar={isLong(chunks)}>
          <span>{index.slice(chunk.start, chunk.end)}</span>
        </ChunkBlock>
      ))}
    </div>
  );
});
