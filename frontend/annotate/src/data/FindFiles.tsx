import { Button, controlClass, Field, Notice } from "@annex/ui";
import { type FormEvent, useEffect, useState } from "react";
import { type Explained, explain } from "../app/loading";
import { Failed } from "../app/Page";
import { useText } from "../i18n/text";
import { type Asset, findFiles, type Matches, pickPattern } from "./assets";
import styles from "./Data.module.css";

export interface FindFilesProps {
  asset: Asset;
  root: string;
  /** The folder that is open, whose files a click proposes. */
  folder: string;
  onChosen: (asset: Asset) => void;
}

/** Many files as one asset: all of a folder, or what a pattern finds. */
export function FindFiles({ asset, root, folder, onChosen }: FindFilesProps) {
  const text = useText();
  const { data } = text;
  const [pattern, setPattern] = useState("");
  const [found, setFound] = useState<Matches | null>(null);
  const [problem, setProblem] = useState<Explained | null>(null);
  const [busy, setBusy] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another root or pattern finds other files
  useEffect(() => setFound(null), [root, pattern]);
  const attempt = (work: Promise<void>) => {
    setBusy(true);
    setProblem(null);
    work.catch((error) => setProblem(explain(error, text))).finally(() => setBusy(false));
  };
  const find = (event: FormEvent) => {
    event.preventDefault();
    attempt(findFiles(root, pattern).then(setFound));
  };
  return (
    <form className={styles.find} onSubmit={find}>
      <Field label={data.severalFiles} hint={data.patternHint}>
        {(control) => (
          <input
            {...control}
            className={controlClass}
            value={pattern}
            placeholder="2026-*/**/*.jsonl"
            maxLength={1024}
            translate="no"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setPattern(event.target.value)}
          />
        )}
      </Field>
      <div className={styles.roots}>
        <Button type="submit" disabled={busy || pattern === ""}>
          {busy ? data.looking : data.findFiles}
        </Button>
        <Button look="quiet" onClick={() => setPattern(everythingIn(folder))}>
          {data.allOf(<bdi translate="no">{folder || root}/</bdi>)}
        </Button>
      </div>
      {problem ? <Failed problem={problem} /> : null}
      {found ? (
        <Found
          found={found}
          busy={busy}
          onTake={() => attempt(pickPattern(asset.id, root, pattern).then(onChosen))}
        />
      ) : null}
    </form>
  );
}

interface FoundProps {
  found: Matches;
  busy: boolean;
  onTake: () => void;
}

function Found({ found, busy, onTake }: FoundProps) {
  const { data, format } = useText();
  if (found.files === 0) return <Notice kind="warn" title={data.noMatch} />;
  const more = found.files - found.first.length;
  return (
    <Notice
      title={`${data.files(found.files)}, ${format.bytes(found.size_bytes)}`}
      actions={
        <Button small look="primary" disabled={busy} onClick={onTake}>
          {data.takeFiles(found.files)}
        </Button>
      }
    >
      <ul className={styles.found}>
        {found.first.map((file) => (
          <li key={file.path}>
            <bdi translate="no">{file.path}</bdi> <span>{format.bytes(file.size_bytes)}</span>
          </li>
        ))}
      </ul>
      {more > 0 ? data.andMore(more) : null}
    </Notice>
  );
}

/** The pattern of all files below a folder, whatever signs its name is made of. */
export function everythingIn(folder: string): string {
  const plain = folder.replace(/[*?[]/g, "[$&]");
  return plain ? `${plain}/**` : "**";
}
