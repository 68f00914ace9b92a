import { Stack } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type BoardChoice, boardQuery } from "../../api/board";
import { isRunning, jobsQuery } from "../../api/jobs";
import { RUNNING_MS } from "../../api/live";
import { tasksQuery } from "../../api/tasks";
import type { Board, Measures } from "../../api/types";
import { Choice } from "../../components/Choice";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { LinkButton } from "../../components/links";
import { Page } from "../../components/Page";
import { Panel } from "../../components/Panel";
import { useProjectPlace } from "../../shell/place";
import { JobProgress } from "../jobs/JobState";
import { TrySentence } from "../models/TrySentence";
import { BoardTable } from "./BoardTable";
import { CurveChart } from "./CurveChart";
import { HeldBackSets } from "./HeldBackSets";
import { NextStep } from "./NextStep";
import { PerLabel } from "./PerLabel";
import { SimulatedNote } from "./SimulatedNote";

const MEASURING: ReadonlySet<string> = new Set(["train.v1", "train-curve.v1", "evaluate.v1"]);

/** Rules and models side by side, on the same held-back examples. */
export function BoardScreen() {
  const { organization, project } = useProjectPlace();
  const jobs = useQuery(jobsQuery(organization, project));
  const running = jobs.data?.filter((job) => isRunning(job) && MEASURING.has(job.recipe)) ?? [];
  const [choice, setChoice] = useState<BoardChoice>({});
  const board = useQuery({
    ...boardQuery(organization, project, choice),
    placeholderData: keepPreviousData,
    refetchInterval: running.length > 0 ? RUNNING_MS : false,
  });
  const tasks = useQuery(tasksQuery(organization, project));
  return (
    <Page
      title="Board"
      lead={board.data?.rows.length ? board.data.sentence : <>&nbsp;</>}
      actions={board.data?.rows.length ? <TrySentence /> : null}
    >
      <SimulatedNote tasks={tasks.data ?? []} behind="scores" />
      {running[0] && (
        <Panel title={`${running[0].title || "A job"} is running`}>
          <JobProgress job={running[0]} />
        </Panel>
      )}
      <Loaded query={board} rows={8}>
        {(data) => (
          <>
            <HeldBackSets board={data} onChoose={(dataset) => setChoice({ ...choice, dataset })} />
            <MeasuresPicker
              board={data}
              onChange={(measures) => setChoice({ ...choice, measures })}
            />
            <Body board={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** Shown only where a held-back set says both where marks belong and which labels apply. */
function MeasuresPicker({ board, onChange }: { board: Board; onChange: (to: Measures) => void }) {
  if (board.also_measures.length === 0) return null;
  return (
    <Choice
      label="What is compared"
      data={MEASURED_CHOICES.filter(
        ({ value }) => value === board.measures || board.also_measures.includes(value),
      )}
      value={board.measures}
      onChange={onChange}
    />
  );
}

const MEASURED_CHOICES: { value: Measures; label: string }[] = [
  { value: "marks", label: "Marks in texts" },
  { value: "relations", label: "Relations in texts" },
  { value: "labels", label: "Labels of texts" },
];
const MEASURED: Record<Measures, string> = {
  marks: "exact spans",
  relations: "which word hangs from which",
  labels: "labels of whole texts",
};

function Body({ board }: { board: Board }) {
  if (board.rows.length === 0) return <NothingMeasured board={board} />;
  return (
    <>
      <Panel
        title="Quality by answered examples"
        note={`F, ${MEASURED[board.measures]} · band: 95 % interval · dotted: baseline`}
      >
        <Stack gap="lg">
          {board.curve.length > 0 && <CurveChart board={board} />}
          <BoardTable board={board} />
          <NextStep board={board} />
        </Stack>
      </Panel>
      <PerLabel board={board} />
    </>
  );
}

function NothingMeasured({ board }: { board: Board }) {
  const { organization: org, project } = useProjectPlace();
  const params = { org, project };
  return (
    <Panel>
      <EmptyState
        title="Nothing measured yet"
        action={
          <LinkButton
            to={board.dataset ? "/$org/projects/$project/jobs" : "/$org/projects/$project/overview"}
            params={params}
          >
            {board.dataset ? "Train or evaluate" : "See the next step"}
          </LinkButton>
        }
      >
        {board.dataset
          ? "Score your rules as the baseline and train a model with its curve: both are measured on the held-back examples and compared here."
          : "The board compares rules and models on held-back examples. Add data and hold some of it back first."}
      </EmptyState>
    </Panel>
  );
}
