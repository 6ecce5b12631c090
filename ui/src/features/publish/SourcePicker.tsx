import { IconChevronDown } from "@tabler/icons-react";
import type { Connection } from "../../ipc";
import type { PublishAim } from "../../lib/route";
import { Menu, MenuChoice } from "../../ui/Menu";
import { sourceStrings } from "./aim-strings";
import styles from "./publish.module.css";

type SourcePickerProps = {
  aim: PublishAim | null;
  to: Connection;
  connections: Connection[];
  onChoose: (aim: PublishAim | null) => void;
};

/** What goes: the draft, or what another connection serves now. */
export function SourcePicker({ aim, to, connections, onChoose }: SourcePickerProps) {
  const others = connections.filter(({ id }) => id !== to.id);
  const from = aim && "from" in aim ? aim.from : "";
  if (others.length === 0 || (aim && from === "")) return null;
  const name = others.find(({ id }) => id === from)?.name;
  const choices = [
    { value: "", label: sourceStrings.draft },
    ...others.map(({ id, name }) => ({ value: id, label: sourceStrings.connection(name) })),
  ];
  const label = name ? sourceStrings.connection(name) : sourceStrings.draft;
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={styles.target} aria-label={`${sourceStrings.label}: ${label}`}>
          {label}
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </button>
      }
    >
      <MenuChoice value={from} choices={choices} onChoose={(id) => onChoose(id === "" ? null : { from: id })} />
    </Menu>
  );
}
