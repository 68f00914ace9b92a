import { Button, Group, Stack, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { startJob } from "../../api/jobs";
import { projectKey } from "../../api/keys";
import type { Problem } from "../../api/problem";
import type { Recipe } from "../../api/types";
import { useWrite } from "../../api/write";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";
import { Arguments } from "../recipes/Arguments";
import { Beside } from "../recipes/Beside";
import { Equivalents } from "../recipes/Equivalents";
import { asJobCommand, asJobPython } from "../recipes/equivalents";
import { FormPlaceContext } from "../recipes/FormPlace";
import { isPlaced } from "../recipes/places";
import { useArguments } from "../recipes/useArguments";
import { useTextsPage } from "../recipes/useTextsPage";
import type { JobParts } from "./useJobParts";

/** Start a job of a recipe whose form is made of its fields. */
export function StartByFields({ recipe, parts }: { recipe: Recipe; parts: JobParts }) {
  const { organization, project } = useProjectPlace();
  const own = useArguments(recipe);
  const textsPage = useTextsPage();
  const { start, isPending, note } = useStarting(recipe, own);
  const said = { organization, project, recipe: recipe.recipe, arguments: own.said };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start();
  };
  return (
    <Beside
      aside={<Equivalents what="job" command={asJobCommand(said)} python={asJobPython(said)} />}
      asideName="The same from a script"
    >
      <form onSubmit={submit}>
        <Stack>
          <FormPlaceContext value={{ inventory: parts, errors: own.errors, textsPage }}>
            <Arguments fields={own.fields} drafts={own.drafts} onChange={own.change} />
          </FormPlaceContext>
          {own.fields.length === 0 && <Text c="dimmed">It takes no arguments.</Text>}
          <ProblemNote problem={note} />
          <Group gap="md">
            <Button type="submit" loading={isPending}>
              Start the job
            </Button>
            <Version recipe={recipe} />
          </Group>
        </Stack>
      </form>
    </Beside>
  );
}

/** Starting it, and after that its own page; what the API refuses and no field shows is `note`. */
function useStarting(recipe: Recipe, own: ReturnType<typeof useArguments>) {
  const { organization: org, project } = useProjectPlace();
  const navigate = useNavigate();
  const [note, setNote] = useState<Problem | null>(null);
  const starting = useWrite(
    () => startJob(org, project, { recipe: recipe.recipe, arguments: own.values }),
    { refresh: [projectKey(org, project)], showsProblem: true },
  );
  const start = () => {
    setNote(null);
    starting.mutate(undefined, {
      onSuccess: ({ id }) =>
        void navigate({
          to: "/$org/projects/$project/jobs/$job",
          params: { org, project, job: id },
        }),
      onError: (problem) => {
        own.placeProblem(problem);
        setNote(isPlaced(problem, own.places) ? null : problem);
      },
    });
  };
  return { start, isPending: starting.isPending, note };
}

/** Which package's version a job would run: the newest on the project's cluster. */
function Version({ recipe }: { recipe: Recipe }) {
  const [newest] = recipe.packages;
  if (!newest) return null;
  return (
    <Text fz="sm" c="dimmed">
      Runs {newest.package} {newest.version} on {newest.cluster_name}
    </Text>
  );
}
