import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

interface PanelProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** True where it is to unfold by itself. */
  readonly isOpen?: boolean;
  /** Makes it a form: called when its button is pressed, or Enter in a field, and all values are valid. */
  readonly onSubmit?: () => void;
}

/** A group of controls that can be folded; what is folded costs nothing. */
export function Panel({ title, children, isOpen = false, onSubmit }: PanelProps) {
  const [isShown, show] = useState(isOpen);
  useEffect(() => {
    if (isOpen) show(true);
  }, [isOpen]);
  const form = (
    <form
      class="panel-body"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit?.();
      }}
    >
      {children}
    </form>
  );
  return (
    <details
      class="panel"
      open={isShown}
      onToggle={({ currentTarget }) => show(currentTarget.open)}
    >
      <summary>{title}</summary>
      {isShown && (onSubmit ? form : <div class="panel-body">{children}</div>)}
    </details>
  );
}
