import { ActionIcon, Button } from "@mantine/core";
import { ArgumentInput, type InputProps } from "./ArgumentInput";
import { addRow, changeRow, type Draft, moveRow, removeRow } from "./drafts";
import { Nested } from "./Nested";
import classes from "./Nested.module.css";

/** Several of one type, in an order. */
export function ListInput({
  type,
  title,
  help,
  place,
  isTitled,
  draft,
  onChange,
}: InputProps<"list">) {
  const { rows } = draft;
  return (
    <Nested title={title} help={help} place={place} isTitled={isTitled}>
      {rows.map(({ row, item }, index) => (
        <div key={row} className={classes.row}>
          <div className={classes.item}>
            <ArgumentInput
              type={type.item}
              title={`${title} ${index + 1}`}
              help=""
              required={false}
              place={`${place}.${index}`}
              draft={item}
              onChange={(changed: Draft) => onChange(changeRow(draft, row, changed))}
            />
          </div>
          <RowButtons
            name={`${title} ${index + 1}`}
            first={index === 0}
            last={index === rows.length - 1}
            onMove={(by) => onChange(moveRow(draft, row, by))}
            onRemove={() => onChange(removeRow(draft, row))}
          />
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          disabled={rows.length >= type.max_length}
          onClick={() => onChange(addRow(draft, type.item))}
        >
          Add to {title}
        </Button>
      </div>
    </Nested>
  );
}

interface RowButtonsProps {
  name: string;
  first: boolean;
  last: boolean;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function RowButtons({ name, first, last, onMove, onRemove }: RowButtonsProps) {
  const buttons = [
    { sign: "↑", does: `Move ${name} up`, disabled: first, act: () => onMove(-1) },
    { sign: "↓", does: `Move ${name} down`, disabled: last, act: () => onMove(1) },
    { sign: "×", does: `Remove ${name}`, disabled: false, act: onRemove },
  ];
  return (
    <div className={classes.buttons}>
      {buttons.map(({ sign, does, disabled, act }) => (
        <ActionIcon
          key={sign}
          variant="default"
          size="lg"
          aria-label={does}
          disabled={disabled}
          onClick={act}
        >
          {sign}
        </ActionIcon>
      ))}
    </div>
  );
}
