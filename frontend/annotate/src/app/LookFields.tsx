import {
  DENSITIES,
  LANGUAGES,
  type Preferences,
  SWIPES,
  TEXT_SIZES,
  THEMES,
} from "@annex/annotator-core";
import { SelectField } from "@annex/ui";
import { LANGUAGE_NAMES, useText } from "../i18n/text";
import styles from "./LookFields.module.css";
import { preferences, usePreferences } from "./preferences";

type LookName = Exclude<keyof Preferences, "keymap">;

/** Colours, density, size of the text, language, swiping: changed at once, kept for the person. */
export function LookFields() {
  const { keys } = useText();
  const languages = { system: keys.asBrowser, ...LANGUAGE_NAMES };
  return (
    <div className={styles.fields}>
      <Choice name="theme" label={keys.colours} values={THEMES} words={keys.themes} />
      <Choice name="density" label={keys.density} values={DENSITIES} words={keys.densities} />
      <Choice name="text_size" label={keys.textSize} values={TEXT_SIZES} words={keys.textSizes} />
      <Choice
        name="language"
        label={keys.language}
        values={["system", ...LANGUAGES]}
        words={languages}
      />
      <Choice name="swipe" label={keys.swipe} values={SWIPES} words={keys.swipes} />
    </div>
  );
}

interface ChoiceProps<N extends LookName> {
  name: N;
  label: string;
  values: readonly Preferences[N][];
  words: Readonly<Record<Preferences[N], string>>;
}

function Choice<N extends LookName>({ name, label, values, words }: ChoiceProps<N>) {
  const chosen = usePreferences()[name];
  const options = values.map((value) => [value, words[value]] as const);
  return (
    <SelectField
      label={label}
      value={chosen}
      options={options}
      onChange={(value) => void preferences.change({ [name]: value })}
    />
  );
}
