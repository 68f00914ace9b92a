import { Notice } from "@annex/ui";
import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { bytes } from "../data/bytes";
import { Facts } from "./Facts";
import styles from "./Pages.module.css";

interface Export {
  readonly format: string;
  readonly examples: number;
  readonly not_expressible: number;
  readonly file_name: string;
  readonly size_bytes: number;
}

/** `/exports/<job>`: the file a job wrote. */
export default function ExportPage({ id }: { id: string }) {
  const load = useCallback(() => http.get<Export>(`/api/exports/${id}`), [id]);
  const { state, reload } = useLoaded(load);
  return (
    <Page
      title="Export"
      lead="Answered examples as a file. Downloads are noted in the cluster's own log."
    >
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Ready id={id} made={state.value} /> : null}
    </Page>
  );
}

function Ready({ id, made }: { id: string; made: Export }) {
  return (
    <>
      {made.not_expressible > 0 ? (
        <Notice
          kind="warn"
          title={`${made.not_expressible.toLocaleString("en")} answers are not in the file`}
        >
          The format cannot hold them; JSONL holds every answer.
        </Notice>
      ) : null}
      <Card title={made.file_name}>
        <Facts
          facts={{
            Format: made.format,
            Examples: made.examples.toLocaleString("en"),
            Size: bytes(made.size_bytes),
          }}
        />
        <p>
          <a className={styles.download} href={`/api/exports/${id}/file`} download={made.file_name}>
            Download
          </a>
        </p>
      </Card>
    </>
  );
}
