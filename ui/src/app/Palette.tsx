import { useId, useState } from "react";
import { classNames } from "../lib/class-names";
import { type Action, useOfferedActions } from "../ui/actions";
import { Dialog } from "../ui/Dialog";
import { Keys } from "../ui/Keys";
import styles from "./palette.module.css";
import { strings } from "./strings";

/** Every action that can be done now, found by its words. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [offered] = useState(useOfferedActions());
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const found = find(offered, search);
  const at = Math.min(chosen, Math.max(found.length - 1, 0));
  const run = (action: Action | undefined) => {
    if (!action) return;
    onClose();
    // After the dialog has given the focus back.
    setTimeout(() => action.run());
  };
  const move = (by: number) => setChosen((at + by + found.length) % Math.max(found.length, 1));
  return (
    <Dialog title={strings.palette} width={560} onClose={onClose}>
      <input
        className={styles.search}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        aria-label={strings.paletteSearch}
        placeholder={strings.paletteSearch}
        autoFocus
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") move(1);
          else if (event.key === "ArrowUp") move(-1);
          else if (event.key === "Enter") run(found[at]);
          else return;
          event.preventDefault();
        }}
      />
      <div id={id} role="listbox" aria-label={strings.palette} className={styles.list}>
        {found.map((action, index) => (
          <div
            key={action.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={classNames(styles.item, index === at && styles.chosen)}
            onPointerMove={() => setChosen(index)}
            onClick={() => run(action)}
            onKeyDown={undefined}
          >
            {action.label}
            {action.shortcut && <Keys shortcut={action.shortcut} />}
          </div>
        ))}
        {found.length === 0 && <p className={styles.nothing}>{strings.paletteNothing}</p>}
      </div>
    </Dialog>
  );
}

function find(actions: readonly Action[], search: string): Action[] {
  const words = search.toLowerCase().split(/\s+/);
  const labels = new Set<string>();
  return actions.filter(
    ({ label, isEnabled }) =>
      isEnabled !== false &&
      words.every((word) => label.toLowerCase().includes(word)) &&
      !labels.has(label) &&
      labels.add(label),
  );
}
