import { Loaded } from "../../components/Loaded";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { Steps } from "../../components/Steps";
import { AnswersStep } from "./AnswersStep";
import { DataStep } from "./DataStep";
import { type FirstRun, stepStates } from "./firstRun";
import { LabelsStep } from "./LabelsStep";
import { ModelStep } from "./ModelStep";
import { PeopleAndTarget } from "./PeopleAndTarget";
import { SuggestionsStep } from "./SuggestionsStep";
import { useFirstRun } from "./useFirstRun";
import { WheelStep } from "./WheelStep";

/** From nothing to a model of one's own, on one page: what is done, and the one next step. */
export function Overview() {
  const query = useFirstRun();
  return (
    <Page
      title={query.data?.project.title ?? "Project"}
      lead="From a file of texts to a small model of your own. Each step comes with defaults; the next one is marked."
      width="text"
    >
      <Panel>
        <Loaded query={query} rows={8}>
          {(run) => <Checklist run={run} />}
        </Loaded>
      </Panel>
      {query.data && <PeopleAndTarget project={query.data.project} />}
    </Page>
  );
}

function Checklist({ run }: { run: FirstRun }) {
  const states = stepStates(run);
  return (
    <Steps>
      <DataStep run={run} state={states.data} />
      <LabelsStep run={run} state={states.labels} />
      <AnswersStep run={run} state={states.answers} />
      <SuggestionsStep run={run} state={states.suggestions} />
      <ModelStep run={run} state={states.model} />
      <WheelStep run={run} state={states.wheel} />
    </Steps>
  );
}
