import { Blank, Button } from "@annex/ui";
import { lazy, Suspense } from "react";
import { HomePage } from "../pages/HomePage";
import { type Loaded, useLoaded } from "./loading";
import { Failed, Page } from "./Page";
import { type Route, routeOf } from "./route";
import { SessionWatch } from "./SessionWatch";
import type { Session } from "./session";
import { goToLogin, isReturnedLoginWindow, loadSession, SessionContext } from "./session";

const TaskPage = lazy(() => import("../task/TaskPage"));
const DataPage = lazy(() => import("../data/DataPage"));
const RulesPage = lazy(() => import("../pages/RulesPage"));
const GuidelinesPage = lazy(() => import("../pages/GuidelinesPage"));
const ModelPage = lazy(() => import("../pages/ModelPage"));
const ExportPage = lazy(() => import("../pages/ExportPage"));
const FailurePage = lazy(() => import("../pages/FailurePage"));

export function App() {
  if (isReturnedLoginWindow()) return <SignedInHere />;
  return <SignedInApp />;
}

function SignedInHere() {
  return (
    <Page title="Signed in">
      <Blank title="You are signed in">Close this window and go on where you were.</Blank>
    </Page>
  );
}

function SignedInApp() {
  const { state, reload, put } = useLoaded(loadSession);
  if (state.kind !== "ready") return <NoSession state={state} reload={reload} />;
  return (
    <SessionContext value={state.value}>
      <SessionWatch onChange={put} />
      <Suspense fallback={<Page title="Loading…">{null}</Page>}>
        <Routed route={routeOf(location.pathname)} />
      </Suspense>
    </SessionContext>
  );
}

function NoSession({ state, reload }: { state: Loaded<Session>; reload: () => void }) {
  if (state.kind === "loading") return <Page title="Loading…">{null}</Page>;
  if (state.kind === "failed" && !state.problem.signedOut) {
    return (
      <Page title="Annex">
        <Failed problem={state.problem} onRetry={reload} />
      </Page>
    );
  }
  return (
    <Page title="Annex">
      <Blank
        title="Sign in to go on"
        actions={
          <Button look="primary" onClick={goToLogin}>
            Sign in
          </Button>
        }
      >
        Your organization's console checks who you are and brings you back here.
      </Blank>
    </Page>
  );
}

function Routed({ route }: { route: Route }) {
  switch (route.page) {
    case "home":
      return <HomePage />;
    case "t":
      return <TaskPage id={route.id} />;
    case "data":
      return <DataPage id={route.id} />;
    case "rules":
      return <RulesPage id={route.id} />;
    case "guidelines":
      return <GuidelinesPage id={route.id} />;
    case "models":
      return <ModelPage id={route.id} />;
    case "exports":
      return <ExportPage id={route.id} />;
    case "failures":
      return <FailurePage id={route.id} />;
    default:
      return (
        <Page title="Not here">
          <Blank title="There is no such page" actions={<a href="/">My tasks</a>}>
            The link may be cut short. Open it again from the console.
          </Blank>
        </Page>
      );
  }
}
