import { IconSearch } from "@tabler/icons-react";
import type { RefObject } from "react";
import { navigate } from "../../lib/route";
import { Keys } from "../../ui/Keys";
import styles from "./library.module.css";
import { strings } from "./strings";
import { focusRow } from "./Table";
import type { View } from "./view";

type SearchBoxProps = {
  ref: RefObject<HTMLInputElement | null>;
  list: RefObject<HTMLDivElement | null>;
  view: View;
  onView: (view: View) => void;
  first: string | undefined;
};

export function SearchBox({ ref, list, view, onView, first }: SearchBoxProps) {
  return (
    <label className={styles.search}>
      <IconSearch size={16} stroke={1.75} aria-hidden />
      <input
        ref={ref}
        type="search"
        aria-label={strings.search}
        placeholder={strings.search}
        value={view.search}
        onChange={(event) => onView({ ...view, search: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === "Escape") onView({ ...view, search: "" });
          else if (event.key === "ArrowDown") focusRow(list.current, 0);
          else if (event.key === "Enter" && first) navigate({ screen: "editor", id: first, step: null });
          else return;
          event.preventDefault();
        }}
      />
      {view.search === "" && <Keys shortcut="Mod+P" />}
    </label>
  );
}
