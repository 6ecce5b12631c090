import { IconSearch } from "@tabler/icons-react";
import type { RefObject } from "react";
import { navigate, type Route } from "../../lib/route";
import { Keys } from "../../ui/Keys";
import { useKeysFor } from "../../ui/keymap";
import styles from "./library.module.css";
import { focusRow } from "./row-focus";
import { strings } from "./strings";
import { searchedFor, type View } from "./view";

type SearchBoxProps = {
  ref: RefObject<HTMLInputElement | null>;
  list: RefObject<HTMLDivElement | null>;
  view: View;
  onView: (view: View) => void;
  /** Where the best match is. */
  first: Route | null;
};

export function SearchBox({ ref, list, view, onView, first }: SearchBoxProps) {
  const keys = useKeysFor("find-here");
  return (
    <label className={styles.search}>
      <IconSearch size={16} stroke={1.75} aria-hidden />
      <input
        ref={ref}
        type="search"
        aria-label={strings.search}
        placeholder={strings.search}
        title={strings.searchHelp}
        value={view.search}
        onChange={(event) => onView(searchedFor(view, event.target.value))}
        onKeyDown={(event) => {
          if (event.key === "Escape") onView(searchedFor(view, ""));
          else if (event.key === "ArrowDown") focusRow(list.current, 0);
          else if (event.key === "Enter" && first) navigate(first);
          else return;
          event.preventDefault();
        }}
      />
      {view.search === "" && keys && <Keys shortcut={keys} />}
    </label>
  );
}
