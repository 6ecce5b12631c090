import { IconChevronDown, IconColumns3 } from "@tabler/icons-react";
import type { DraftSummary } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { kinds, kindWords, stages } from "../../lib/kinds";
import { useStored } from "../../lib/stored";
import { formatNumber } from "../../lib/time";
import { IconButton } from "../../ui/Button";
import { kindIcons } from "../../ui/KindIcon";
import { Menu, MenuChoice, MenuSwitch } from "../../ui/Menu";
import { choosable, libraryColumns, switched } from "./columns";
import styles from "./filters.module.css";
import { strings } from "./strings";
import { chips, countChip, namesIn, type View } from "./view";

type FiltersProps = { drafts: readonly DraftSummary[] | undefined; view: View; onView: (view: View) => void };

export function Filters({ drafts = [], view, onView }: FiltersProps) {
  const types = kinds.map((kind) => ({ value: kind, label: kindWords[kind].label, icon: kindIcons[kind] }));
  const statuses = stages.map((stage) => ({ value: stage, label: stage }));
  const [columns, setColumns] = useStored(libraryColumns);
  return (
    <div className={styles.filters}>
      {chips.map((chip) => {
        const count = countChip(drafts, chip);
        // What is no trouble is not offered as one.
        if (chip === "drifted" && count === 0 && view.chip !== chip) return null;
        return (
          <button
            key={chip}
            type="button"
            className={classNames(styles.chip, chip === "drifted" && styles.alarming)}
            aria-pressed={view.chip === chip}
            onClick={() => onView({ ...view, chip })}
          >
            {strings.filters[chip]}
            {chip !== "all" && drafts.length > 0 && <span> {formatNumber(count)}</span>}
          </button>
        );
      })}
      <span className={styles.spring} />
      <Filter
        label={strings.filterType}
        any={strings.anyType}
        value={view.type}
        none="any"
        choices={types}
        onChoose={(type) => onView({ ...view, type })}
      />
      <Filter
        label={strings.filterStatus}
        any={strings.anyStatus}
        value={view.status}
        none="any"
        choices={statuses}
        onChoose={(status) => onView({ ...view, status })}
      />
      <NameFilter
        label={strings.filterTag}
        any={strings.anyTag}
        value={view.tag}
        names={namesIn(drafts, "tags")}
        onChoose={(tag) => onView({ ...view, tag })}
      />
      <NameFilter
        label={strings.filterServer}
        any={strings.anyServer}
        value={view.server}
        names={namesIn(drafts, "servers")}
        onChoose={(server) => onView({ ...view, server })}
      />
      <Menu trigger={<IconButton label={strings.chooseColumns} icon={IconColumns3} />}>
        {choosable.map((column) => (
          <MenuSwitch
            key={column}
            label={strings.columns[column]}
            isOn={columns.includes(column)}
            onSwitch={() => setColumns(switched(columns, column))}
          />
        ))}
      </Menu>
    </div>
  );
}

type NameFilterProps = {
  label: string;
  any: string;
  value: string | null;
  names: readonly string[];
  onChoose: (name: string | null) => void;
};

/** Nothing to choose from is nothing to show. */
function NameFilter({ label, any, value, names, onChoose }: NameFilterProps) {
  if (names.length === 0 && value === null) return null;
  const choices = names.map((name) => ({ value: name, label: name }));
  return (
    <Filter
      label={label}
      any={any}
      value={value ?? ""}
      none=""
      choices={choices}
      onChoose={(name) => onChoose(name === "" ? null : name)}
    />
  );
}

type FilterProps<T extends string> = {
  label: string;
  any: string;
  value: T;
  /** The value that filters nothing. */
  none: T;
  choices: React.ComponentProps<typeof MenuChoice<T>>["choices"];
  onChoose: (value: T) => void;
};

function Filter<T extends string>({ label, any, value, none, choices, onChoose }: FilterProps<T>) {
  const isSet = value !== none;
  const text = isSet ? (choices.find((choice) => choice.value === value)?.label ?? value) : any;
  const trigger = (
    <button type="button" className={classNames(styles.menu, isSet && styles.set)} aria-label={`${label}: ${text}`}>
      <span className={styles.text}>{text}</span>
      <IconChevronDown size={15} stroke={1.75} aria-hidden />
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuChoice value={value} choices={[{ value: none, label: any }, ...choices]} onChoose={onChoose} />
    </Menu>
  );
}
