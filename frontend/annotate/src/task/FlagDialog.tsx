import { type Editor, flag, unflag, type Workbench } from "@annex/annotator-core";
import { Button, controlClass, Field } from "@annex/ui";
import { type FormEvent, useState } from "react";
import { Dialog } from "../app/Dialog";
import { useText } from "../i18n/text";

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
  const { task } = useText();
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
    <Dialog title={task.flagThis} onClose={onClose}>
      <form onSubmit={save}>
        <Field label={task.note} hint={task.noteHint}>
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
          {task.flag}
        </Button>{" "}
        {editor.content.flagged ? (
          <Button small onClick={remove}>
            {task.removeFlag}
          </Button>
        ) : null}
      </form>
    </Dialog>
  );
}
