import type { Icon } from "@tabler/icons-react";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "../lib/class-names";
import styles from "./button.module.css";
import { Keys } from "./Keys";
import { Tooltip } from "./Tooltip";

type ButtonProps = ComponentProps<"button"> & {
  variant?: "primary" | "plain" | "quiet" | "danger";
  icon?: Icon;
  shortcut?: string | undefined;
  children: ReactNode;
};

export function Button({ variant = "plain", icon: Mark, shortcut, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classNames(styles.button, styles[variant], className)} {...rest}>
      {Mark && <Mark size={16} stroke={1.75} aria-hidden />}
      {children}
      {shortcut && <Keys shortcut={shortcut} />}
    </button>
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  label: string;
  icon: Icon;
  shortcut?: string | undefined;
};

/** A button that is only an icon: its label is said to screen readers and shown on hover. */
export function IconButton({ label, icon: Mark, shortcut, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button type="button" aria-label={label} className={classNames(styles.icon, className)} {...rest}>
        <Mark size={17} stroke={1.75} aria-hidden />
      </button>
    </Tooltip>
  );
}
