import { IconChevronDown, IconDatabase, IconLock } from "@tabler/icons-react";
import type { Connection } from "../../ipc";
import { classNames } from "../../lib/class-names";
import { Menu, MenuChoice } from "../../ui/Menu";
import styles from "./publish.module.css";
import { strings } from "./strings";

type ConnectionPickerProps = {
  connection: Connection;
  connections: Connection[];
  isFixed: boolean;
  onChoose: (id: string) => void;
};

/** Says in words and color where this goes. */
export function ConnectionPicker({ connection, connections, isFixed, onChoose }: ConnectionPickerProps) {
  const { name, database, is_production } = connection;
  const Mark = is_production ? IconLock : IconDatabase;
  const words = name.toLowerCase() === database.toLowerCase() ? name : `${name} · ${database}`;
  const face = (
    <>
      <Mark size={14} stroke={1.75} aria-hidden />
      <span>{words}</span>
      {is_production && <span className="visually-hidden">({strings.production})</span>}
    </>
  );
  const look = classNames(styles.target, is_production && styles.production);
  if (isFixed || connections.length < 2) return <span className={look}>{face}</span>;
  const choices = connections.map((choice) => ({ value: choice.id, label: choice.name }));
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={look} aria-label={`${strings.chooseConnection}: ${words}`}>
          {face}
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </button>
      }
    >
      <MenuChoice value={connection.id} choices={choices} onChoose={onChoose} />
    </Menu>
  );
}
