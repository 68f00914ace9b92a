import { Notice } from "@annex/ui";
import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { Facts } from "./Facts";
import styles from "./Pages.module.css";

interface Export {
  readonly format: string | null;
  readonly examples: number;
  readonly not_expressible: number;
  readonly file_name: string;
  readonly size_bytes: number;
  readonly lacking: readonly Lack[];
}

/** What the format could not hold: whole answers or parts of them, and how some texts begin. */
interface Lack {
  readonly lack:
    | "verdict"
    | "unmarked"
    | "span_edges"
    | "overlap"
    | "choices"
    | "relations"
    | "written"
    | "picked"
    | "note"
    | "meta";
  readonly leaves_out: boolean;
  readonly count: number;
  readonly texts: readonly string[];
}

/** `/exports/<job>`: the file a job wrote. */
export default function ExportPage({ id }: { id: string }) {
  const load = useCallback(() => http.get<Export>(`/api/exports/${id}`), [id]);
  const { pages } = useText();
  const { state, reload } = useLoaded(load);
  const isOutput = state.kind === "ready" && state.value.format === null;
  return (
    <Page
      title={isOutput ? pages.output : pages.export}
      lead={isOutput ? pages.outputLead : pages.exportLead}
    >
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Ready id={id} made={state.value} /> : null}
    </Page>
  );
}

function Ready({ id, made }: { id: string; made: Export }) {
  const { format, pages } = useText();
  return (
    <>
      {made.not_expressible > 0 ? (
        <Notice kind="warn" title={pages.notInFile(made.not_expressible)}>
          {pages.notInFileWhat}
        </Notice>
      ) : null}
      {made.lacking.length > 0 ? (
        <Card title={pages.lacking} aside={pages.lackingWhat}>
          {made.lacking.map((lack) => (
            <LackDetails key={lack.lack} lack={lack} />
          ))}
        </Card>
      ) : null}
      <Card title={made.file_name}>
        <Facts
          facts={{
            [pages.format]: made.format ?? "zip",
            [made.format ? pages.examples : pages.files]: format.number(made.examples),
            [pages.size]: format.bytes(made.size_bytes),
          }}
        />
        <p>
          <a className={styles.download} href={`/api/exports/${id}/file`} download={made.file_name}>
            {pages.download}
          </a>
        </p>
      </Card>
    </>
  );
}

function LackDetails({ lack }: { lack: Lack }) {
  const { pages } = useText();
  const more = lack.count - lack.texts.length;
  return (
    <details className={styles.lack}>
      <summary>
        <b>{lack.leaves_out ? pages.leftOut(lack.count) : pages.leftPartly(lack.count)}</b>{" "}
        {pages.lacks[lack.lack]}
      </summary>
      <ul translate="no">
        {lack.texts.map((text, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts may repeat and never move
          <li key={at} dir="auto">
            {text}
          </li>
        ))}
      </ul>
      {more > 0 ? <p>{pages.andMore(more)}</p> : null}
    </details>
  );
}
