// A dialog with a list in it that is narrowed by typing and walked through with the arrows.

import { type ReactNode, useEffect, useId, useState } from "react";
import { classNames } from "../lib/class-names";
import { Dialog } from "./Dialog";
import styles from "./list-dialog.module.css";

export type ListItem = { key: string; content: ReactNode };

type ListDialogProps = {
  title: string;
  about?: string;
  searchLabel: string;
  width: number;
  typed: string;
  onType: (typed: string) => void;
  items: readonly ListItem[];
  onChoose: (index: number) => void;
  /** What stands where there is nothing to list; nothing while it is being read. */
  nothing: string | null;
  onClose: () => void;
};

export function ListDialog(props: ListDialogProps) {
  const { title, searchLabel, width, typed, onType, items, nothing, onClose } = props;
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const at = Math.min(chosen, Math.max(items.length - 1, 0));
  const move = (by: number) => setChosen((at + by + items.length) % Math.max(items.length, 1));
  const choose = (index: number) => {
    if (!items[index]) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(() => props.onChoose(index));
  };
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at]);
  return (
    <Dialog title={title} width={width} onClose={onClose} {...(props.about ? { about: props.about } : {})}>
      <input
        className={styles.search}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={items.length > 0 ? `${id}-${at}` : undefined}
        aria-label={searchLabel}
        placeholder={searchLabel}
        autoFocus
        value={typed}
        onChange={(event) => {
          onType(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter") choose(at);
          else return;
          event.preventDefault();
        }}
      />
      <div id={id} role="listbox" aria-label={title} className={styles.list}>
        {items.map(({ key, content }, index) => (
          <div
            key={key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={classNames(styles.item, index === at && styles.chosen)}
            onPointerMove={() => setChosen(index)}
            onClick={() => choose(index)}
            onKeyDown={undefined}
          >
            {content}
          </div>
        ))}
        {nothing && items.length === 0 && <p className={styles.nothing}>{nothing}</p>}
      </div>
    </Dialog>
  );
}
