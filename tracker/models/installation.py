"""The installation: the partnership that it serves, and the chain of what belongs to no plan."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base


class Installation(Base):
    """The one row that names the partnership and holds the head of its own ledger chain."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="is_the_only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str] = mapped_column(String(200))
    #: Set once by the demonstration's loader; nothing else may load into such a database.
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    ledger_seq: Mapped[int] = mapped_column(default=0)
    ledger_hash: Mapped[str] = mapped_column(String(64), default="0" * 64)
