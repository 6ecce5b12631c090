import { IconX } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { IconButton } from "../../../ui/Button";
import styles from "../steps.module.css";
import { strings } from "../strings";

type StepFilterProps = {
  text: string;
  found: number;
  all: number;
  onText: (text: string | null) => void;
  /** To the list: with the next row, the one before, or the one that is there. */
  onList: (by: -1 | 0 | 1) => void;
};

export function StepFilter({ text, found, all, onText, onList }: StepFilterProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") onText(null);
    else if (event.key === "ArrowDown") onList(1);
    else if (event.key === "ArrowUp") onList(-1);
    else if (event.key === "Enter") onList(0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.filter}>
      <input
        aria-label={strings.filterSteps}
        placeholder={strings.filterPlaceholder}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={press}
        // biome-ignore lint/a11y/noAutofocus: it comes because somebody asked to type into it.
        autoFocus
      />
      <span role="status">{strings.filterCount(found, all)}</span>
      <IconButton label={strings.closeFilter} icon={IconX} onClick={() => onText(null)} />
    </div>
  );
}
