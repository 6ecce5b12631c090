import { IconChevronDown } from "@tabler/icons-react";
import { Button } from "../../ui/Button";
import { Menu, MenuChoice } from "../../ui/Menu";
import styles from "./conversation.module.css";

type ChoiceProps<T extends string> = {
  label: string;
  /** What the button says of what is chosen. */
  face: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
};

/** One of several, chosen from a menu. */
export function Choice<T extends string>({ label, face, value, choices, onChoose }: ChoiceProps<T>) {
  return (
    <Menu
      trigger={
        <Button className={styles.choice} aria-label={face.startsWith(label) ? face : `${label}: ${face}`}>
          {face}
          <IconChevronDown size={15} stroke={1.75} aria-hidden />
        </Button>
      }
    >
      <MenuChoice value={value} choices={choices} onChoose={onChoose} />
    </Menu>
  );
}
