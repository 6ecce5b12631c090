import * as Radix from "@radix-ui/react-dropdown-menu";
import { type Icon, IconCheck, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { classNames } from "../lib/class-names";
import { keysOf } from "../lib/shortcut";
import type { Action } from "./actions";
import styles from "./menu.module.css";

type MenuProps = { trigger: ReactNode; align?: "start" | "end"; children: ReactNode };

export function Menu({ trigger, align = "end", children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export type Point = { x: number; y: number };

type MenuAtProps = { at: Point; label?: string | undefined; onClose: () => void; children: ReactNode };

/** A menu at a point of the window, open while it is rendered. */
export function MenuAt({ at, label, onClose, children }: MenuAtProps) {
  return (
    <Radix.Root open modal={false} onOpenChange={(isOpen) => isOpen || onClose()}>
      {createPortal(
        // A part of the screen that is laid out by itself would take the point for a place in it.
        <Radix.Trigger asChild>
          <span aria-hidden className={styles.point} style={{ left: at.x, top: at.y }} />
        </Radix.Trigger>,
        document.body,
      )}
      <Radix.Portal>
        <Radix.Content
          className={styles.menu}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          // Its name is what it was asked about: what opened it is a mere point.
          {...(label === undefined ? {} : { "aria-label": label, "aria-labelledby": undefined })}
          // Whoever asked for the menu takes the focus back.
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuAction({
  action,
  icon: Mark,
  isDangerous,
}: {
  action: Action;
  icon?: Icon;
  isDangerous?: boolean;
}) {
  return (
    <Radix.Item
      className={classNames(styles.item, isDangerous && styles.danger)}
      disabled={action.isEnabled === false}
      onSelect={() => action.run()}
    >
      {Mark && <Mark size={16} stroke={1.75} aria-hidden />}
      <span className={styles.label}>{action.label}</span>
      {action.shortcut && <span className={styles.keys}>{keysOf(action.shortcut).join(" ")}</span>}
    </Radix.Item>
  );
}

type MenuChoiceProps<T extends string> = {
  value: T;
  choices: readonly { value: T; label: string; icon?: Icon }[];
  onChoose: (value: T) => void;
};

/** One of several, with a mark at the one that holds. */
export function MenuChoice<T extends string>({ value, choices, onChoose }: MenuChoiceProps<T>) {
  return choices.map(({ value: choice, label, icon: Mark }) => (
    <Radix.CheckboxItem
      key={choice}
      className={styles.item}
      checked={choice === value}
      onSelect={() => onChoose(choice)}
    >
      <span className={styles.check}>{choice === value && <IconCheck size={16} stroke={2} aria-hidden />}</span>
      {Mark && <Mark size={16} stroke={1.75} aria-hidden />}
      <span className={styles.label}>{label}</span>
    </Radix.CheckboxItem>
  ));
}

/** Something that is on or off. The menu stays open: several are switched in one go. */
export function MenuSwitch({ label, isOn, onSwitch }: { label: string; isOn: boolean; onSwitch: () => void }) {
  return (
    <Radix.CheckboxItem
      className={styles.item}
      checked={isOn}
      onSelect={(event) => {
        event.preventDefault();
        onSwitch();
      }}
    >
      <span className={styles.check}>{isOn && <IconCheck size={16} stroke={2} aria-hidden />}</span>
      <span className={styles.label}>{label}</span>
    </Radix.CheckboxItem>
  );
}

/** A menu within a menu, for a choice that is made seldom. */
export function MenuUnder({ label, icon: Mark, children }: { label: string; icon?: Icon; children: ReactNode }) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={styles.item}>
        {Mark && <Mark size={16} stroke={1.75} aria-hidden />}
        <span className={styles.label}>{label}</span>
        <IconChevronRight size={15} stroke={1.75} aria-hidden />
      </Radix.SubTrigger>
      <Radix.Portal>
        <Radix.SubContent className={styles.menu} sideOffset={6} alignOffset={-4} collisionPadding={8}>
          {children}
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}

/** What the next lines are about. */
export const MenuAbout = ({ children }: { children: ReactNode }) => (
  <Radix.Label className={styles.about}>{children}</Radix.Label>
);

/** The keys that ask for a menu where the keyboard is. */
export const asksForMenu = ({ key, shiftKey }: { key: string; shiftKey: boolean }): boolean =>
  key === "ContextMenu" || (key === "F10" && shiftKey);

export const MenuSeparator = () => <Radix.Separator className={styles.separator} />;
