import type { InputProps } from "./ArgumentInput";
import { useErrorAt } from "./FormPlace";

type Field = Pick<InputProps, "title" | "help" | "required" | "place" | "isTitled">;

/** Label, description and error of an input; what the type asks for stands after the help. */
export function useWords({ title, help, required, place, isTitled }: Field, asks = "") {
  const error = useErrorAt(place);
  const sentence = asks && `${asks.charAt(0).toUpperCase()}${asks.slice(1)}`;
  const description = [help, sentence].filter(Boolean).join(". ");
  const name = isTitled ? { "aria-label": title } : { label: title, withAsterisk: required };
  return { ...name, description: description || undefined, error };
}
