import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { asWaymarkError } from "../../ipc";
import { IconButton } from "../../ui/Button";
import { tellError } from "../../ui/tell";
import { lintStrings as strings } from "./lint-strings";
import styles from "./settings.module.css";

type EntriesProps = {
  label: string;
  nothing: string;
  entries: readonly string[];
  /** How an entry is shown, where that is not itself. */
  name?: (entry: string) => string;
  remove: (entry: string) => string;
  onRemove: (entry: string) => Promise<unknown>;
};

/** From here on, a list is looked through by typing. */
const many = 12;

/** Short things in a list, each of which can be taken away. */
export function Entries({ label, nothing, entries, name = (entry) => entry, remove, onRemove }: EntriesProps) {
  const [search, setSearch] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const taken = useRef<number | null>(null);
  const found = entries.filter((entry) => name(entry).toLowerCase().includes(search.trim().toLowerCase()));
  const take = async (entry: string) => {
    taken.current = found.indexOf(entry);
    try {
      await onRemove(entry);
    } catch (error) {
      taken.current = null;
      tellError(asWaymarkError(error));
    }
  };
  // The button that was pressed is gone: its neighbor takes the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: one entry less is the reason.
  useEffect(() => {
    const buttons = list.current?.querySelectorAll("button");
    if (taken.current !== null && buttons) buttons[Math.min(taken.current, buttons.length - 1)]?.focus();
    taken.current = null;
  }, [entries.length]);
  return (
    <>
      {entries.length >= many && (
        <input
          type="search"
          className={styles.search}
          aria-label={strings.findIn(label)}
          placeholder={strings.findIn(label)}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {found.length === 0 ? (
        <p className={styles.nothing}>{entries.length === 0 ? nothing : strings.noneFound}</p>
      ) : (
        <ul ref={list} className={styles.entries} aria-label={label}>
          {found.map((entry) => (
            <li key={entry}>
              {name(entry)}
              <IconButton label={remove(entry)} icon={IconX} onClick={() => void take(entry)} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
