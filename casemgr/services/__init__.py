"""Use cases: plain functions `(uow, …) -> plain data`, the only way anything is read or changed."""
