import { Button, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { datasetsQuery } from "../../api/assets";
import { modelsQuery, predictorsQuery } from "../../api/board";
import { startJob } from "../../api/jobs";
import { projectKey } from "../../api/keys";
import { useWrite } from "../../api/write";
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
  const [recipe, setRecipe] = useState<StartableRecipe>("train-curve.v1");
  const ready = datasets.data && predictors.data && models.data;
  return (
    <Panel title="Start a job">
      <Stack>
        <RecipePicker recipe={recipe} onChange={setRecipe} />
        <Text c="dimmed">{RECIPES[recipe].does}</Text>
        {ready && (
          <StartForm
            key={recipe}
            recipe={recipe}
            inventory={{
              datasets: datasets.data,
              predictors: predictors.data,
              models: models.data,
            }}
          />
        )}
      </Stack>
    </Panel>
  );
}

interface RecipePickerProps {
  recipe: StartableRecipe;
  onChange: (recipe: StartableRecipe) => void;
}

function RecipePicker({ recipe, onChange }: RecipePickerProps) {
  const data = RECIPE_ORDER.map((value) => ({ value, label: RECIPES[value].name }));
  const choose = (value: string | null) => value && onChange(value as StartableRecipe);
  return (
    <>
      <SegmentedControl
        visibleFrom="md"
        aria-label="Recipe"
        data={data}
        value={recipe}
        onChange={choose}
      />
      <Select
        hiddenFrom="md"
        label="Recipe"
        data={data}
        value={recipe}
        onChange={choose}
        allowDeselect={false}
      />
    </>
  );
}

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
