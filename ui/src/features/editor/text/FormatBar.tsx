// A slim row of formats in a field's head, there while somebody writes in the field. The keys stay with the text.

import { IconDots, IconPaperclip } from "@tabler/icons-react";
import { type KeyboardEvent, useRef } from "react";
import type { Field } from "../../../ipc";
import { IconButton } from "../../../ui/Button";
import { Menu, MenuAction, MenuSeparator } from "../../../ui/Menu";
import { chooseFiles } from "./attach";
import styles from "./format-bar.module.css";
import { type Format, often, runIn, seldom } from "./formats";
import { viewOf } from "./open-views";
import { useInsertions } from "./snippet-actions";
import { textStrings as strings } from "./strings";

export function FormatBar({ field, walkthrough }: { field: Field; walkthrough: string }) {
  const bar = useRef<HTMLDivElement>(null);
  const insertions = useInsertions();
  const run = ({ command }: Format) => runIn(viewOf(field), command);
  // One stop for Tab; the arrows go from button to button.
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const buttons = [...(bar.current?.querySelectorAll("button") ?? [])];
    const at = buttons.findIndex((button) => button.contains(document.activeElement));
    if (by === undefined || at === -1) return;
    event.preventDefault();
    buttons[(at + by + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={strings.format}
      className={styles.bar}
      onKeyDown={move}
      onMouseDown={(event) => event.preventDefault()}
    >
      {often.map((format, index) => (
        <IconButton
          key={format.id}
          label={format.label}
          icon={format.icon}
          tabIndex={index === 0 ? 0 : -1}
          {...(format.shortcut ? { shortcut: format.shortcut } : {})}
          onClick={() => run(format)}
        />
      ))}
      <Menu trigger={<IconButton label={strings.moreFormats} icon={IconDots} tabIndex={-1} />}>
        {seldom.map((group) => (
          <div key={group[0]?.id}>
            {group.map((format) => (
              <MenuAction
                key={format.id}
                icon={format.icon}
                action={{ ...format, run: () => setTimeout(() => run(format)) }}
              />
            ))}
            <MenuSeparator />
          </div>
        ))}
        <MenuAction
          icon={IconPaperclip}
          action={{ id: "add-file", label: strings.addFile, run: () => chooseFiles(walkthrough, viewOf(field)) }}
        />
        {insertions.map((action) => (
          <MenuAction key={action.id} action={{ ...action, run: () => setTimeout(() => action.run(field)) }} />
        ))}
      </Menu>
    </div>
  );
}
