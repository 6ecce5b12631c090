import { IconChevronDown } from "@tabler/icons-react";
import type { DraftSummary } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { kinds, kindWords, stages } from "../../lib/kinds";
import { formatNumber } from "../../lib/time";
import { kindIcons } from "../../ui/KindIcon";
import { Menu, MenuChoice } from "../../ui/Menu";
import styles from "./filters.module.css";
import { strings } from "./strings";
import { type Chip, countChip, type View } from "./view";

const chips: Chip[] = ["all", "unpublished", "problems"];

type FiltersProps = { drafts: readonly DraftSummary[] | undefined; view: View; onView: (view: View) => void };

export function Filters({ drafts, view, onView }: FiltersProps) {
  const types = kinds.map((kind) => ({ value: kind, label: kindWords[kind].label, icon: kindIcons[kind] }));
  const statuses = stages.map((stage) => ({ value: stage, label: stage }));
  return (
    <div className={styles.filters}>
      {chips.map((chip) => (
        <button
          key={chip}
          type="button"
          className={styles.chip}
          aria-pressed={view.chip === chip}
          onClick={() => onView({ ...view, chip })}
        >
          {strings.filters[chip]}
          {chip !== "all" && drafts && <span> {formatNumber(countChip(drafts, chip))}</span>}
        </button>
      ))}
      <span className={styles.spring} />
      <Menu
        trigger={
          <Trigger label={strings.filterType} text={view.type} isSet={view.type !== "any"} any={strings.anyType} />
        }
      >
        <MenuChoice
          value={view.type}
          choices={[{ value: "any" as const, label: strings.anyType }, ...types]}
          onChoose={(type) => onView({ ...view, type })}
        />
      </Menu>
      <Menu
        trigger={
          <Trigger
            label={strings.filterStatus}
            text={view.status}
            isSet={view.status !== "any"}
            any={strings.anyStatus}
          />
        }
      >
        <MenuChoice
          value={view.status}
          choices={[{ value: "any" as const, label: strings.anyStatus }, ...statuses]}
          onChoose={(status) => onView({ ...view, status })}
        />
      </Menu>
    </div>
  );
}

type TriggerProps = { label: string; text: string; isSet: boolean; any: string } & React.ComponentProps<"button">;

function Trigger({ label, text, isSet, any, ...rest }: TriggerProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(styles.menu, isSet && styles.set)}
      aria-label={`${label}: ${isSet ? text : any}`}
    >
      {isSet ? text : any}
      <IconChevronDown size={15} stroke={1.75} aria-hidden />
    </button>
  );
}
