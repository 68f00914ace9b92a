import { type DialogProps, Dialog as Platform } from "@annex/ui";
import { useText } from "../i18n/text";

/** The shared dialog, closed in the person's language. */
export function Dialog(props: Omit<DialogProps, "closeLabel">) {
  return <Platform {...props} closeLabel={useText().frame.close} />;
}
