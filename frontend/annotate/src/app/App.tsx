import { forgetWordsOfOthers } from "@annex/annotator-core";
import { Blank, Button } from "@annex/ui";
import { lazy, Suspense, useEffect } from "react";
import { useLanguage, useText } from "../i18n/text";
import { HomePage } from "../pages/HomePage";
import { type Loaded, useLoaded } from "./loading";
import { Failed, Page } from "./Page";
import { preferences } from "./preferences";
import { type Route, routeOf } from "./route";
import { SessionWatch } from "./SessionWatch";
import type { Session } from "./session";
import { goToLogin, isReturnedLoginWindow, loadSession, SessionContext } from "./session";

const TaskPage = lazy(() => import("../task/TaskPage"));
const DataPage = lazy(() => import("../data/DataPage"));
const RulesPage = lazy(() => import("../pages/RulesPage"));
const GuidelinesPage = lazy(() => import("../pages/GuidelinesPage"));
const LabelsPage = lazy(() => import("../pages/LabelsPage"));
const ModelPage = lazy(() => import("../pages/ModelPage"));
const EvaluationPage = lazy(() => import("../results/EvaluationPage"));
const ComparisonPage = lazy(() => import("../results/ComparisonPage"));
const TryPage = lazy(() => import("../results/TryPage"));
const ExportPage = lazy(() => import("../pages/ExportPage"));
const FailurePage = lazy(() => import("../pages/FailurePage"));
const TextsPage = lazy(() => import("../recipes/TextsPage"));
const StreamPage = lazy(() => import("../recipes/StreamPage"));
const PackagesPage = lazy(() => import("../recipes/PackagesPage"));
const LedgerPage = lazy(() => import("../oversight/LedgerPage"));
const AccessPage = lazy(() => import("../oversight/AccessPage"));
const PeoplePage = lazy(() => import("../oversight/PeoplePage"));
const LinePage = lazy(() => import("../oversight/LinePage"));

export function App() {
  useDocumentLanguage();
  if (isReturnedLoginWindow()) return <SignedInHere />;
  return <SignedInApp />;
}

function useDocumentLanguage(): void {
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
}

function SignedInHere() {
  const { frame } = useText();
  return (
    <Page title={frame.signedIn}>
      <Blank title={frame.youAreSignedIn}>{frame.signedInWhat}</Blank>
    </Page>
  );
}

function SignedInApp() {
  const { state, reload, put } = useLoaded(loadSession);
  const { loading } = useText().frame;
  const subject = state.kind === "ready" ? state.value.subject : null;
  useEffect(() => {
    if (!subject) return;
    forgetWordsOfOthers(localStorage, subject);
    void preferences.follow(subject);
  }, [subject]);
  if (state.kind !== "ready") return <NoSession state={state} reload={reload} />;
  return (
    <SessionContext value={state.value}>
      <SessionWatch onChange={put} />
      <Suspense fallback={<Page title={loading}>{null}</Page>}>
        <Routed route={routeOf(location.pathname)} />
      </Suspense>
    </SessionContext>
  );
}

function NoSession({ state, reload }: { state: Loaded<Session>; reload: () => void }) {
  const { frame } = useText();
  if (state.kind === "loading") return <Page title={frame.loading}>{null}</Page>;
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
        title={frame.signInToGoOn}
        actions={
          <Button look="primary" onClick={goToLogin}>
            {frame.signIn}
          </Button>
        }
      >
        {frame.signInWhy}
      </Blank>
    </Page>
  );
}

function Routed({ route }: { route: Route }) {
  switch (route.page) {
    case "home":
      return <HomePage />;
    case "t":
      return <TaskPage id={route.id} example={"example" in route ? route.example : undefined} />;
    case "data":
      return <DataPage id={route.id} />;
    case "rules":
      return <RulesPage id={route.id} />;
    case "guidelines":
      return <GuidelinesPage id={route.id} />;
    case "labels":
      return <LabelsPage id={route.id} />;
    case "models":
      return <ModelPage id={route.id} />;
    case "evaluations":
      return <EvaluationPage id={route.id} />;
    case "try":
      return <TryPage id={route.id} />;
    case "against":
      return <ComparisonPage id={route.id} other={route.other} />;
    case "exports":
      return <ExportPage id={route.id} />;
    case "failures":
      return <FailurePage id={route.id} />;
    case "texts":
      return <TextsPage id={route.id} />;
    case "streams":
      return <StreamPage id={route.id} />;
    case "packages":
      return <PackagesPage />;
    case "ledger":
      return <LedgerPage />;
    case "access":
      return <AccessPage />;
    case "people":
      return <PeoplePage />;
    case "line":
      return <LinePage />;
    default:
      return <NoSuchPage />;
  }
}

function NoSuchPage() {
  const { frame } = useText();
  return (
    <Page title={frame.notHere}>
      <Blank title={frame.noSuchPage} actions={<a href="/">{frame.myTasks}</a>}>
        {frame.noSuchPageWhat}
      </Blank>
    </Page>
  );
}
