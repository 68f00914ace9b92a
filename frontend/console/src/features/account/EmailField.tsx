import { TextInput, type TextInputProps } from "@mantine/core";

/** The address that somebody has an account under; browsers fill it in. */
export function EmailField(props: TextInputProps) {
  return (
    <TextInput
      label="E-mail"
      type="email"
      name="email"
      autoComplete="username"
      required
      autoFocus
      {...props}
    />
  );
}
