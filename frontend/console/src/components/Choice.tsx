import { SegmentedControl, Select } from "@mantine/core";

interface ChoiceProps<Value extends string> {
  label: string;
  data: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few: side by side where there is room, a list where there is not. */
export function Choice<Value extends string>({ label, data, value, onChange }: ChoiceProps<Value>) {
  const choose = (chosen: string | null) => chosen && onChange(chosen as Value);
  return (
    <>
      <SegmentedControl
        visibleFrom="md"
        aria-label={label}
        data={data}
        value={value}
        onChange={choose}
      />
      <Select
        hiddenFrom="md"
        label={label}
        data={data}
        value={value}
        onChange={choose}
        allowDeselect={false}
      />
    </>
  );
}
