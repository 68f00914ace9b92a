import { useCallback } from "react";
import { useLoaded } from "../app/loading";
import { Card, Failed, Loading, Page } from "../app/Page";
import { http } from "../app/session";
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
  const { state, reload } = useLoaded(load);
  return (
    <Page
      title="What went wrong"
      lead="The console knows the code, the stage and this page's number. Everything below stays on this cluster."
    >
      {state.kind === "loading" ? <Loading /> : null}
      {state.kind === "failed" ? <Failed problem={state.problem} onRetry={reload} /> : null}
      {state.kind === "ready" ? <Told failure={state.value} /> : null}
    </Page>
  );
}

function Told({ failure }: { failure: Failure }) {
  return (
    <>
      <Card title={failure.message}>
        <Facts
          facts={{
            Code: failure.code,
            Stage: failure.stage,
            When: new Date(failure.at).toLocaleString("en"),
          }}
        />
      </Card>
      {failure.traceback ? (
        <Card title="Traceback">
          <Scrolled>{failure.traceback}</Scrolled>
        </Card>
      ) : null}
    </>
  );
}
