import { useState } from "react";
import { type Action, useOfferedActions } from "../ui/actions";
import { Keys } from "../ui/Keys";
import { ListDialog } from "../ui/ListDialog";
import { strings } from "./strings";

/** Every action that can be done now, found by its words. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [offered] = useState(useOfferedActions());
  const [typed, setTyped] = useState("");
  const found = find(offered, typed);
  const items = found.map(({ id, label, shortcut }) => ({
    key: id,
    content: (
      <>
        {label}
        {shortcut && <Keys shortcut={shortcut} />}
      </>
    ),
  }));
  return (
    <ListDialog
      title={strings.palette}
      searchLabel={strings.paletteSearch}
      width={560}
      typed={typed}
      onType={setTyped}
      items={items}
      onChoose={(index) => found[index]?.run()}
      nothing={strings.paletteNothing}
      onClose={onClose}
    />
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
