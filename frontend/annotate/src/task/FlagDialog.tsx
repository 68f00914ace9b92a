import { type Editor, flag, unflag, type Workbench } from "@annex/annotator-core";
import { Button, controlClass, Dialog, Field } from "@annex/ui";
import { type FormEvent, useState } from "react";

const NOTE_LENGTH = 500;

/** Say that something is odd about an example, with a note for whoever reviews it. */
export function FlagDialog({
  bench,
  editor,
  onClose,
}: {
  bench: Workbench;
  editor: Editor;
  onClose: () => void;
}) {
  const [note, setNote] = useState(editor.content.note);
  const save = (event: FormEvent) => {
    event.preventDefault();
    bench.edit((state) => flag(state, note.trim()));
    onClose();
  };
  const remove = () => {
    bench.edit(unflag);
    onClose();
  };
  return (
    <Dialog title="Flag this example" onClose={onClose}>
      <form onSubmit={save}>
        <Field label="Note" hint="Optional. It stays on this cluster, with your answer.">
          {(control) => (
            <input
              {...control}
              className={controlClass}
              value={note}
              maxLength={NOTE_LENGTH}
              spellCheck={false}
              autoComplete="off"
              translate="no"
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Button look="primary" small type="submit" shortcut="Enter">
          Flag
        </Button>{" "}
        {editor.content.flagged ? (
          <Button small onClick={remove}>
            Remove the flag
          </Button>
        ) : null}
      </form>
    </Dialog>
  );
}
