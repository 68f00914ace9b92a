import { Button, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { assetsQuery, datasetsQuery } from "../../api/assets";
import { modelsQuery, predictorsQuery } from "../../api/board";
import { startJob } from "../../api/jobs";
import { projectKey } from "../../api/keys";
import { tasksQuery } from "../../api/tasks";
import { useWrite } from "../../api/write";
import { Choice } from "../../components/Choice";
import { FormLine } from "../../components/FormLine";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";
import { JobFields } from "./JobFields";
import {
  defaultValues,
  type Inventory,
  type JobValues,
  missingFields,
  newJob,
  RECIPE_ORDER,
  RECIPES,
  type StartableRecipe,
} from "./recipes";

/** Choose a recipe; its fields come filled in. */
export function StartJob() {
  const { organization, project } = useProjectPlace();
  const datasets = useQuery(datasetsQuery(organization, project));
  const predictors = useQuery(predictorsQuery(organization, project));
  const models = useQuery(modelsQuery(organization, project));
  const tasks = useQuery(tasksQuery(organization, project));
  const [recipe, setRecipe] = useState<StartableRecipe>("train-curve.v1");
  const assets = useQuery(assetsQuery(organization, project));
  const ready = assets.data && datasets.data && predictors.data && models.data && tasks.data;
  return (
    <Panel title="Start a job">
      <Stack>
        <Choice label="Recipe" data={RECIPE_CHOICES} value={recipe} onChange={setRecipe} />
        <Text c="dimmed">{RECIPES[recipe].does}</Text>
        {ready && (
          <StartForm
            key={recipe}
            recipe={recipe}
            inventory={{
              assets: assets.data,
              datasets: datasets.data,
              predictors: predictors.data,
              models: models.data,
              tasks: tasks.data,
            }}
          />
        )}
      </Stack>
    </Panel>
  );
}

const RECIPE_CHOICES = RECIPE_ORDER.map((value) => ({ value, label: RECIPES[value].name }));

function StartForm({ recipe, inventory }: { recipe: StartableRecipe; inventory: Inventory }) {
  const { organization, project } = useProjectPlace();
  const [values, setValues] = useState<JobValues>(() => defaultValues(inventory));
  const starting = useWrite(() => startJob(organization, project, newJob(recipe, values)), {
    refresh: [projectKey(organization, project)],
    done: `${RECIPES[recipe].name} started.`,
    showsProblem: true,
  });
  const missing = missingFields(recipe, values);
  return (
    <Stack gap="sm">
      <FormLine>
        <JobFields
          fields={RECIPES[recipe].fields}
          values={values}
          inventory={inventory}
          problem={starting.error}
          onChange={(change) => setValues((old) => ({ ...old, ...change }))}
        />
        <Button
          size="md"
          disabled={missing.length > 0}
          loading={starting.isPending}
          onClick={() => starting.mutate(undefined)}
        >
          Start
        </Button>
      </FormLine>
      <ProblemNote problem={starting.error} />
    </Stack>
  );
}
