"""The pages: one package per feature, none of which imports another.

A page is a subclass of `ui.page.Page` made by one row of `ui.sections.SECTIONS`; the window imports it when it is first
visited. It is given a `ui.desk.Desk` and nothing else:

    desk.workspace.read(use_case, …)     on the window's thread when it answers within 50 ms
    desk.write(use_case, …) -> Job       every write; `job.succeeded.connect(…)`, `job.catch(ValidationError, …)`
    desk.jobs.start(work, title=…)       long work `work(progress)`; a title shows progress and a stop button below
    desk.may(Permission.X)               what the signed-in person may do here
    desk.prefer(scale=125)               preferences of this machine, kept at once

The page answers: `title`, `show_place(place)` on arrival, `refresh()` after any write that touched one of its
`tables`, `leave()` (False keeps the person here), `can(action)`, and methods marked `@handles("action.id")`. It asks by
signals: `open_requested(Place)`, `said(Notice)`, `state_changed`. Texts are set in `retranslate()`, or by `Says(…)` for
a plain widget. Expected failures nobody catches reach the message bar by themselves; only ValidationError and
ConflictError concern pages.
"""
