"""Tables, the encrypted file they live in, and the transaction that changes them."""
