import * as Radix from "@radix-ui/react-dialog";
import { IconX } from "@tabler/icons-react";
import { type CSSProperties, type ReactNode, useState } from "react";
import { IconButton } from "./Button";
import styles from "./dialog.module.css";
import { strings } from "./strings";
import { Words } from "./Words";

type DialogProps = {
  title: string;
  about?: string;
  width?: number;
  onClose: () => void;
  children: ReactNode;
};

/** A question in front of the screen. It is open while it is rendered. */
export function Dialog({ title, about, width, onClose, children }: DialogProps) {
  const style = width ? ({ "--dialog-width": `${width}px` } as CSSProperties) : undefined;
  const [before] = useState(() => document.activeElement);
  return (
    <Radix.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={styles.dialog}
          style={style}
          // Where nothing asks for the focus the dialog itself takes it, not the button that closes it.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (event.target instanceof HTMLElement) event.target.focus();
          }}
          // Whoever had the focus gets it back, such as the text that somebody was writing.
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before instanceof HTMLElement && before.isConnected) before.focus();
          }}
          {...(about ? {} : { "aria-describedby": undefined })}
        >
          <div className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <IconButton label={strings.close} icon={IconX} onClick={onClose} />
          </div>
          {about && (
            <Radix.Description className={styles.about}>
              <Words>{about}</Words>
            </Radix.Description>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
