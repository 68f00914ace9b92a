import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { FormLine } from "../../components/FormLine";

/** One line for one or many names. */
export function AddLabels({ onAdd }: { onAdd: (line: string) => void }) {
  const [line, setLine] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    onAdd(line);
    setLine("");
  };
  return (
    <form onSubmit={add}>
      <FormLine>
        <TextInput
          label="Add labels"
          placeholder="PERSON, PLACE, PRODUCT"
          value={line}
          onChange={(event) => setLine(event.currentTarget.value)}
        />
        <Button type="submit" size="md" variant="default" disabled={!line.trim()}>
          Add
        </Button>
      </FormLine>
    </form>
  );
}
