import { Button, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { combine, predictorsQuery } from "../../api/board";
import { projectKey } from "../../api/keys";
import type { Problem } from "../../api/problem";
import type { Model, Predictor } from "../../api/types";
import { useWrite } from "../../api/write";
import { FormLine } from "../../components/FormLine";
import { Panel } from "../../components/Panel";
import { ProblemNote } from "../../components/ProblemNote";
import { useProjectPlace } from "../../shell/place";

/** Rules and a model as one predictor; there is nothing to join before both are there. */
export function Combine({ models }: { models: Model[] }) {
  const { organization, project } = useProjectPlace();
  const predictors = useQuery(predictorsQuery(organization, project)).data ?? [];
  const rules = predictors.filter(({ kind }) => kind === "rules");
  const marking = models.filter(({ component, trained_at }) => component === "ner" && trained_at);
  const [firstRules, firstModel] = [rules[0], marking[0]];
  if (!firstRules || !firstModel) return null;
  return (
    <Panel
      title="Rules and a model as one"
      note="A predictor like any other, with a row of its own on the board"
    >
      <Stack gap="sm">
        <Text c="dimmed">
          Where both mark the same words the rules decide; elsewhere the model’s marks are added.
        </Text>
        <Made names={predictors.filter(({ kind }) => kind === "combined")} />
        <CombineForm
          rules={rules}
          models={marking}
          first={{ rules: firstRules, model: firstModel }}
        />
      </Stack>
    </Panel>
  );
}

function Made({ names }: { names: Predictor[] }) {
  if (names.length === 0) return null;
  return <Text>Made so far: {names.map(({ name }) => name).join(", ")}.</Text>;
}

interface CombineFormProps {
  rules: Predictor[];
  models: Model[];
  first: { rules: Predictor; model: Model };
}

function CombineForm({ rules, models, first }: CombineFormProps) {
  const { organization, project } = useProjectPlace();
  const [values, setValues] = useState({ rules: first.rules.id, model: first.model.id, name: "" });
  const suggested = [rules, models].map((rows) => nameIn(rows, values)).join(" + ");
  const combining = useWrite(
    () => combine(organization, project, { ...values, name: values.name || suggested }),
    {
      refresh: [projectKey(organization, project)],
      done: "Made. Evaluate it to see it on the board.",
      showsProblem: true,
    },
  );
  return (
    <>
      <FormLine>
        <Select
          label="Rules"
          data={rules.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.rules}
          allowDeselect={false}
          error={errorAt(combining.error, "rules")}
          onChange={(chosen) => chosen && setValues((old) => ({ ...old, rules: chosen }))}
        />
        <Select
          label="Model"
          data={models.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.model}
          allowDeselect={false}
          error={errorAt(combining.error, "model")}
          onChange={(chosen) => chosen && setValues((old) => ({ ...old, model: chosen }))}
        />
        <TextInput
          label="Name"
          placeholder={suggested}
          value={values.name}
          error={errorAt(combining.error, "name")}
          onChange={({ currentTarget: { value } }) => setValues((old) => ({ ...old, name: value }))}
        />
        <Button size="md" loading={combining.isPending} onClick={() => combining.mutate(undefined)}>
          Make a predictor
        </Button>
      </FormLine>
      <ProblemNote problem={combining.error} />
    </>
  );
}

function nameIn(
  rows: { id: string; name: string }[],
  chosen: { rules: string; model: string },
): string {
  return rows.find(({ id }) => id === chosen.rules || id === chosen.model)?.name ?? "";
}

function errorAt(problem: Problem | null, field: string): string | undefined {
  return problem?.fields.find((each) => each.field === field)?.message;
}
