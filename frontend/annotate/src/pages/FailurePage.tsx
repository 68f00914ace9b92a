import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
import { useText } from "../i18n/text";
import { Facts, Scrolled } from "./Facts";

interface Failure {
  readonly code: string;
  readonly stage: string;
  readonly message: string;
  readonly traceback: string;
  readonly at: string;
}

/** `/failures/<ref>`: what went wrong in a job, in full, where it may be read. */
export default function FailurePage({ id }: { id: string }) {
  const load = useCallback(() => http.get<Failure>(`/api/failures/${id}`), [id]);
  const { pages } = useText();
  const { state, reload } = useLoaded(load);
  return (
    <Page title={pages.failure} lead={pages.failureLead}>
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Told failure={state.value} /> : null}
    </Page>
  );
}

function Told({ failure }: { failure: Failure }) {
  const { format, pages } = useText();
  return (
    <>
      <Card title={failure.message}>
        <Facts
          facts={{
            [pages.code]: failure.code,
            [pages.stage]: failure.stage,
            [pages.when]: format.moment(failure.at),
          }}
        />
      </Card>
      {failure.traceback ? (
        <Card title={pages.traceback}>
          <Scrolled>{failure.traceback}</Scrolled>
        </Card>
      ) : null}
    </>
  );
}
