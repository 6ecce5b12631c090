import type { KeyboardEvent } from "react";
import styles from "./tabs.module.css";

type TabsProps<T extends string> = {
  label: string;
  value: T;
  tabs: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
};

/** One stop for Tab; the arrows choose. */
export function Tabs<T extends string>({ label, value, tabs, onChoose }: TabsProps<T>) {
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const index = (tabs.findIndex((tab) => tab.value === value) + by + tabs.length) % tabs.length;
    const next = tabs[index];
    if (!next) return;
    onChoose(next.value);
    event.currentTarget.querySelectorAll<HTMLElement>("[role='tab']")[index]?.focus();
  };
  return (
    <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={press}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChoose(tab.value)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
