import { Checkbox, MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import type { NewTask } from "../../api/tasks";
import { Choice } from "../../components/Choice";
import { Arguments } from "../recipes/Arguments";
import { FormPlaceContext } from "../recipes/FormPlace";
import type { OwnArguments } from "../recipes/useArguments";
import { useTextsPage } from "../recipes/useTextsPage";
import type { TaskParts as Parts } from "./defaults";
import { asKind, asWork, isReadyGuideline, takesLabels, workOf } from "./defaults";
import { isKind, KIND_CHOICES, KINDS, workChoices } from "./kinds";
import { BLIND } from "./Suggestions";

interface TaskFieldsProps {
  form: UseFormReturnType<NewTask>;
  parts: Parts;
  own: OwnArguments;
}

/** All that a new task is made of: what every task has, and what its recipe asks for. */
export function TaskFields({ form, parts, own }: TaskFieldsProps) {
  const guidelines = parts.assets.filter(isReadyGuideline);
  const recipe = parts.recipes.find((each) => each.recipe === form.values.recipe);
  return (
    <>
      <Work form={form} parts={parts} />
      <TextInput label="Title" required {...form.getInputProps("title")} />
      <Examples form={form} parts={parts} fillsItsOwn={recipe !== undefined} />
      <FormPlaceContext value={{ inventory: parts, errors: own.errors, textsPage: useTextsPage() }}>
        <Arguments fields={own.fields} drafts={own.drafts} onChange={own.change} />
      </FormPlaceContext>
      {takesLabels(form.values, parts.recipes) && (
        <MultiSelect
          label="Labels"
          data={parts.labels.flatMap(({ id, name, retired }) =>
            id && !retired ? [{ value: id, label: name }] : [],
          )}
          {...form.getInputProps("labels")}
        />
      )}
      {recipe?.view === KINDS.one.view && (
        <Checkbox
          label="Exactly one label is right"
          {...form.getInputProps("exclusive", { type: "checkbox" })}
        />
      )}
      <MultiSelect label="People" data={people(parts)} {...form.getInputProps("annotators")} />
      {guidelines.length > 0 && (
        <Select
          label="Guidelines"
          data={options(guidelines)}
          clearable
          {...form.getInputProps("guidelines")}
        />
      )}
      <NumberInput
        label="Answers per example"
        description="More than one lets you see where people disagree"
        min={1}
        max={16}
        w={220}
        {...form.getInputProps("overlap")}
      />
      <Checkbox {...BLIND} {...form.getInputProps("blind", { type: "checkbox" })} />
    </>
  );
}

const WORK = "What people do";

/** Side by side while there is nothing but what every cluster has; then a list. */
function Work({ form, parts }: Pick<TaskFieldsProps, "form" | "parts">) {
  const value = workOf(form.values, parts.recipes);
  const first = parts.datasets.find(({ role }) => role === "training")?.id ?? "";
  const choose = (work: string) =>
    form.setValues(
      isKind(work)
        ? { ...asKind(work, parts.titles), dataset: form.values.dataset || first }
        : asWork(work, parts),
    );
  if (isKind(value) && parts.recipes.length === 0 && !form.errors.recipe) {
    return <Choice label={WORK} data={KIND_CHOICES} value={value} onChange={choose} />;
  }
  const help = parts.recipes.find(({ recipe }) => recipe === value)?.help;
  return (
    <Select
      label={WORK}
      description={help || undefined}
      data={workChoices(parts.recipes)}
      value={value}
      searchable
      allowDeselect={false}
      error={form.errors.recipe}
      onChange={(work) => work && choose(work)}
    />
  );
}

function Examples({
  form,
  parts,
  fillsItsOwn,
}: Omit<TaskFieldsProps, "own"> & { fillsItsOwn: boolean }) {
  const { value, ...input } = form.getInputProps("dataset");
  return (
    <Select
      label="Examples"
      description={
        fillsItsOwn
          ? "Where the recipe puts the examples that it makes"
          : "Some of the held-back examples are mixed in, without suggestions, so that models can be measured"
      }
      placeholder={fillsItsOwn ? "A new dataset, named after the task" : undefined}
      data={options(parts.datasets.filter(({ role }) => role === "training"))}
      allowDeselect={false}
      clearable={fillsItsOwn}
      value={value || null}
      {...input}
    />
  );
}

function people({ members, me }: Parts) {
  const listed = members.map(({ member, name }) => ({ value: member, label: name }));
  const missing = me !== null && !members.some(({ member }) => member === me);
  return missing ? [{ value: me, label: "Me" }, ...listed] : listed;
}

function options(rows: { id: string; name: string }[]) {
  return rows.map(({ id, name }) => ({ value: id, label: name }));
}
