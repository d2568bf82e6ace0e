"""The one style sheet, written in tokens and natural pixels."""

from collections.abc import Callable, Mapping


def stylesheet(c: Mapping[str, str], px: Callable[[float], int], font: Callable[[float], int]) -> str:
    """The style sheet for colours `c`, lengths `px` and letter heights `font`."""
    return f"""
    QMainWindow, QDialog, .canvas {{ background: {c["bg"]}; }}
    QLabel {{ background: transparent; }}
    QLabel:disabled {{ color: {c["faint"]}; }}
    .h1 {{ font-size: {font(19)}px; font-weight: 600; }}
    .h2 {{ font-size: {font(12)}px; font-weight: 600; color: {c["soft"]}; }}
    .h3 {{ font-size: {font(15)}px; font-weight: 600; }}
    .soft {{ color: {c["soft"]}; }}
    .small {{ font-size: {font(12)}px; color: {c["soft"]}; }}
    .strong {{ font-weight: 600; }}
    .problem {{ font-size: {font(12)}px; color: {c["poor"]}; }}
    .card {{ background: {c["panel"]}; border: 1px solid {c["line"]}; border-radius: {px(8)}px; }}
    .panel {{ background: {c["panel"]}; border: 0; }}
    #topBar {{ background: {c["panel"]}; border: 0; border-bottom: 1px solid {c["line"]}; }}
    .rule {{ background: {c["line"]}; border: 0; }}

    #navigation {{ background: {c["panel"]}; border: 0; border-right: 1px solid {c["line"]}; }}
    #navigation QToolButton {{ border: 2px solid transparent; border-radius: {px(6)}px;
        padding: {px(5)}px {px(8)}px; color: {c["soft"]}; background: transparent; }}
    #navigation QToolButton:hover {{ background: {c["hover"]}; }}
    #navigation QToolButton:checked {{ background: {c["tint"]}; color: {c["accent"]}; font-weight: 600; }}
    #navigation QToolButton:focus {{ border-color: {c["focus"]}; }}

    QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {{
        background: {c["panel"]}; color: {c["text"]}; border: 1px solid {c["edge"]}; border-radius: {px(6)}px;
        padding: {px(5)}px {px(8)}px;
        selection-background-color: {c["sel"]}; selection-color: {c["text"]}; }}
    QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {c["soft"]}; }}
    QLineEdit, QSpinBox, QComboBox {{ min-height: {font(13) + px(5)}px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
        border: 2px solid {c["focus"]}; padding: {px(5) - 1}px {px(8) - 1}px; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{ background: {c["bg"]};
        color: {c["faint"]}; border-color: {c["line"]}; }}
    QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] {{ background: {c["bg"]};
        border-color: {c["line"]}; }}
    *[invalid="true"] {{ border: 2px solid {c["poor"]}; padding: {px(5) - 1}px {px(8) - 1}px; }}
    *[changed="true"] {{ border-left: {px(3)}px solid {c["near"]}; }}
    QTableView QLineEdit, QTableView QComboBox {{ border-radius: 0; padding: 0 {px(4)}px; min-height: 0; }}
    QTableView QLineEdit:focus, QTableView QComboBox:focus {{ padding: 0 {px(3)}px; }}
    QComboBox::drop-down {{ border: 0; width: {px(24)}px; }}
    QComboBox::down-arrow {{ image: none; }}
    QComboBox QAbstractItemView {{ background: {c["panel"]}; border: 1px solid {c["edge"]};
        selection-background-color: {c["sel"]}; selection-color: {c["text"]}; outline: 0; }}

    QPushButton, QToolButton {{ color: {c["text"]}; background: {c["panel"]}; border: 1px solid {c["edge"]};
        border-radius: {px(6)}px; padding: {px(5)}px {px(12)}px; }}
    QPushButton {{ min-height: {font(13) + px(5)}px; qproperty-autoDefault: true; }}
    QPushButton, QToolButton, QLineEdit, QMenu {{ icon-size: {px(18)}px; }}
    QPushButton:hover, QToolButton:hover {{ background: {c["hover"]}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {c["sel"]}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {c["focus"]}; padding: {px(5) - 1}px {px(12) - 1}px; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {c["faint"]}; border-color: {c["line"]};
        background: {c["bg"]}; }}
    QPushButton.primary {{ background: {c["accent"]}; color: {c["on"]}; border: 1px solid {c["accent"]};
        font-weight: 600; }}
    QPushButton.primary:hover {{ background: {c["press"]}; border-color: {c["press"]}; }}
    QPushButton.primary:focus {{ border: 2px solid {c["text"]}; padding: {px(5) - 1}px {px(12) - 1}px; }}
    QPushButton.primary:disabled {{ background: {c["hover"]}; color: {c["faint"]}; border-color: {c["line"]}; }}
    QPushButton.flat {{ min-height: {font(13) + px(3)}px; }}
    QToolButton.flat, QPushButton.flat {{ border: 2px solid transparent; background: transparent;
        padding: {px(4)}px {px(6)}px; }}
    QToolButton.flat:hover, QPushButton.flat:hover {{ background: {c["hover"]}; }}
    QToolButton.flat:focus, QPushButton.flat:focus {{ border: 2px solid {c["focus"]}; padding: {px(4)}px {px(6)}px; }}
    QToolButton.flat:disabled, QPushButton.flat:disabled {{ background: transparent; border-color: transparent; }}
    QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
    QToolButton.chip {{ border: 1px solid {c["edge"]}; border-radius: {(font(12) + px(8)) // 2}px;
        padding: {px(3)}px {px(10)}px;
        font-size: {font(12)}px; }}
    QToolButton.chip:checked {{ background: {c["tint"]}; color: {c["accent"]}; border-color: {c["accent"]};
        font-weight: 600; }}
    QToolButton.chip:focus {{ border: 2px solid {c["focus"]}; padding: {px(3) - 1}px {px(10) - 1}px; }}

    QCheckBox, QRadioButton {{ spacing: {px(8)}px; padding: {px(3)}px; border: 2px solid transparent;
        border-radius: {px(6)}px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {c["focus"]}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: {px(16)}px; height: {px(16)}px; }}

    QTableView, QListView, QTreeView {{ background: {c["panel"]}; alternate-background-color: {c["bg"]}; border: 0;
        gridline-color: {c["line"]};
        selection-background-color: {c["sel"]}; selection-color: {c["text"]}; outline: 0; }}
    QTableView.framed, QListView.framed, QTreeView.framed {{
        border: 1px solid {c["line"]}; border-radius: {px(8)}px; padding: 1px; }}
    QTableView.framed:focus, QListView.framed:focus, QTreeView.framed:focus {{
        border: 2px solid {c["focus"]}; padding: 0; }}
    QTableView::item, QTreeView::item {{ padding: 0 {px(6)}px; border: 0; }}
    QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {{ background: {c["sel"]};
        color: {c["text"]}; }}
    .column {{ background: {c["bg"]}; border: 1px solid {c["line"]}; border-radius: {px(8)}px; }}
    QListView.cards {{ background: transparent; }}
    QHeaderView {{ background: {c["panel"]}; border: 0; }}
    QHeaderView::section {{ background: {c["panel"]}; color: {c["soft"]}; border: 0;
        border-bottom: 1px solid {c["line"]}; padding: {px(5)}px {px(6) + 3}px; font-weight: 600;
        font-size: {font(12)}px; }}
    QHeaderView::section:hover {{ background: {c["hover"]}; }}
    QHeaderView::up-arrow, QHeaderView::down-arrow {{ width: 0; height: 0; image: none; }}
    QTableCornerButton::section {{ background: {c["panel"]}; border: 0; }}

    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
    QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
    QScrollBar::handle {{ background: {c["edge"]}; border-radius: {px(4)}px; margin: {px(2)}px; }}
    QScrollBar::handle:vertical {{ min-height: {px(32)}px; }} QScrollBar::handle:horizontal {{
        min-width: {px(32)}px; }}
    QScrollBar::handle:hover {{ background: {c["soft"]}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

    QMenuBar {{ background: transparent; border: 0; padding: 0; }}
    QMenuBar::item {{ background: transparent; padding: {px(5)}px {px(9)}px; border-radius: {px(4)}px; }}
    QMenuBar::item:selected {{ background: {c["hover"]}; }}
    QMenu {{ background: {c["panel"]}; border: 1px solid {c["edge"]}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(5)}px {px(24)}px {px(5)}px {px(10)}px; border-radius: {px(4)}px; }}
    QMenu::item:selected {{ background: {c["sel"]}; color: {c["text"]}; }}
    QMenu::item:disabled {{ color: {c["faint"]}; }}
    QMenu::icon {{ padding-left: {px(8)}px; }}
    QMenu::separator {{ height: 1px; background: {c["line"]}; margin: {px(4)}px {px(8)}px; }}
    QToolTip {{ background: {c["panel"]}; color: {c["text"]}; border: 1px solid {c["edge"]}; padding: {px(4)}px; }}

    #statusLine {{ background: {c["panel"]}; border: 0; border-top: 1px solid {c["line"]}; }}
    #statusLine QLabel {{ font-size: {font(12)}px; color: {c["soft"]}; }}
    #statusLine QToolButton {{ font-size: {font(12)}px; color: {c["soft"]}; padding: {px(1)}px {px(4)}px; }}
    #palette {{ background: {c["panel"]}; border: 1px solid {c["edge"]}; border-radius: {px(8)}px; }}
    #messageBar {{ border: 0; border-bottom: 1px solid {c["line"]}; background: {c["infobg"]}; }}
    #messageBar[tone="ok"] {{ background: {c["okbg"]}; }}
    #messageBar[tone="near"] {{ background: {c["nearbg"]}; }}
    #messageBar[tone="poor"] {{ background: {c["poorbg"]}; }}
    #messageBar QLabel {{ color: {c["info"]}; }}
    #messageBar[tone="ok"] QLabel {{ color: {c["ok"]}; }}
    #messageBar[tone="near"] QLabel {{ color: {c["near"]}; }}
    #messageBar[tone="poor"] QLabel {{ color: {c["poor"]}; }}
    #editBar {{ background: {c["panel"]}; border: 1px solid {c["line"]}; border-radius: {px(8)}px; }}
    #editBar QLabel {{ color: {c["soft"]}; }}
    #editBar[tone="near"] {{ background: {c["nearbg"]}; border-color: {c["near"]}; }}
    #editBar[tone="near"] QLabel {{ color: {c["near"]}; }}
    #editBar[tone="poor"] {{ background: {c["poorbg"]}; border-color: {c["poor"]}; }}
    #editBar[tone="poor"] QLabel {{ color: {c["poor"]}; }}

    QProgressBar {{ background: {c["plainbg"]}; border: 0; border-radius: {px(3)}px; max-height: {px(6)}px;
        min-height: {px(6)}px; text-align: center; }}
    QProgressBar::chunk {{ background: {c["accent"]}; border-radius: {px(3)}px; }}
    QSplitter::handle {{ background: transparent; }}
    QSplitter::handle:hover {{ background: {c["line"]}; }}
    QTabBar::tab {{ padding: {px(6)}px {px(12)}px; border: 0; border-bottom: 2px solid transparent;
        background: transparent; color: {c["soft"]}; }}
    QTabBar::tab:selected {{ color: {c["accent"]}; border-bottom-color: {c["accent"]}; }}
    QTabWidget::pane {{ border: 0; border-top: 1px solid {c["line"]}; }}
    QGroupBox {{ border: 1px solid {c["line"]}; border-radius: {px(8)}px; margin-top: {font(12) + px(6)}px; }}
    QGroupBox::title {{ subcontrol-origin: margin; left: {px(10)}px; color: {c["soft"]}; }}
    """
