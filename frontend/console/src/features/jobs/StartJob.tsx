import { Button, Select, Stack, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { startJob } from "../../api/jobs";
import { projectKey } from "../../api/keys";
import { useWrite } from "../../api/write";
import { FormLine } from "../../components/FormLine";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";
import { Beside } from "../recipes/Beside";
import { Equivalents } from "../recipes/Equivalents";
import { asJobCommand, asJobPython } from "../recipes/equivalents";
import { JobFields } from "./JobFields";
import { hasOwnForm, jobChoices } from "./jobChoices";
import {
  chosenArguments,
  defaultValues,
  type Inventory,
  type JobValues,
  missingFields,
  newJob,
  RECIPES,
  type StartableRecipe,
} from "./recipes";
import { StartByFields } from "./StartByFields";
import { type JobParts, useJobParts } from "./useJobParts";

const JOBS = "/$org/projects/$project/jobs";
const FIRST: StartableRecipe = "train-curve.v1";

/** Choose a recipe; its fields come filled in. The address says which, so that it can be linked to. */
export function StartJob() {
  const parts = useJobParts();
  const { recipe = FIRST } = useSearch({ from: JOBS });
  return (
    <Panel title="Start a job">
      {parts && (
        <Stack>
          <ChooseRecipe recipe={recipe} parts={parts} />
          <RecipeForm key={recipe} recipe={recipe} parts={parts} />
        </Stack>
      )}
    </Panel>
  );
}

interface ChosenProps {
  recipe: string;
  parts: JobParts;
}

function ChooseRecipe({ recipe, parts }: ChosenProps) {
  const navigate = useNavigate({ from: JOBS });
  const data = jobChoices(parts.recipes);
  const isHere = data.some(({ items }) => items.some(({ value }) => value === recipe));
  return (
    <Select
      label="Recipe"
      data={data}
      value={isHere ? recipe : null}
      placeholder="Choose a recipe"
      error={isHere ? undefined : `${recipe} does not run on this project's cluster.`}
      nothingFoundMessage="No recipe of that name"
      searchable
      allowDeselect={false}
      onChange={(chosen) =>
        chosen && void navigate({ search: { recipe: chosen }, replace: true, resetScroll: false })
      }
    />
  );
}

function RecipeForm({ recipe, parts }: ChosenProps) {
  const found = parts.recipes.find((each) => each.recipe === recipe);
  const does = hasOwnForm(recipe) ? RECIPES[recipe].does : found?.help;
  return (
    <>
      {does && (
        <Text c="dimmed" maw="70ch">
          {does}
        </Text>
      )}
      {hasOwnForm(recipe) && <StartForm recipe={recipe} inventory={parts} />}
      {found && <StartByFields recipe={found} parts={parts} />}
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
  const said = { organization, project, recipe, arguments: chosenArguments(recipe, values) };
  return (
    <Beside
      aside={<Equivalents what="job" command={asJobCommand(said)} python={asJobPython(said)} />}
      asideName="The same from a script"
    >
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
    </Beside>
  );
}
