import { Stack, Switch } from "@mantine/core";
import { ArgumentInput, type InputProps } from "./ArgumentInput";
import { useErrorAt } from "./FormPlace";

/** Something, or nothing: a switch that shows the input behind it. */
export function OptionalInput(props: InputProps<"optional">) {
  const { type, title, help, place, draft, onChange } = props;
  const error = useErrorAt(place);
  return (
    <Stack gap="sm">
      <Switch
        label={title}
        description={draft.on ? undefined : help || undefined}
        error={draft.on ? undefined : error}
        checked={draft.on}
        onChange={(event) => onChange({ ...draft, on: event.currentTarget.checked })}
      />
      {draft.on && (
        <ArgumentInput
          type={type.inner}
          title={title}
          help={help}
          required
          isTitled
          place={place}
          draft={draft.inner}
          onChange={(inner) => onChange({ on: true, inner })}
        />
      )}
    </Stack>
  );
}
