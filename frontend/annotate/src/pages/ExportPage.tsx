import { Notice } from "@annex/ui";
import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
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
  const { pages } = useText();
  const { state, reload } = useLoaded(load);
  return (
    <Page title={pages.export} lead={pages.exportLead}>
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
      <Card title={made.file_name}>
        <Facts
          facts={{
            [pages.format]: made.format,
            [pages.examples]: format.number(made.examples),
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
