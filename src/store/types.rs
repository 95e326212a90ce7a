//! How the domain's types stand in columns: ids as INTEGER, words as TEXT, times as INTEGER.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Sqlite, Type};

use crate::domain::board::{Audience, BoardChoice, BoardKind, ThreadChoice};
use crate::domain::cohort::Weekday;
use crate::domain::conversation::{Contact, MessageKind};
use crate::domain::duty::DutyKind;
use crate::domain::ids::*;
use crate::domain::leaving::LeavingWay;
use crate::domain::member::{Level, Origin, Role, Standing};
use crate::domain::moderation::{ActKind, Curb, MatterKind, ThingKind};
use crate::domain::note::Note;
use crate::domain::notification::{NotificationKind, PlaceKind};
use crate::domain::post::PostState;
use crate::domain::prevention::{BanKind, FilterAction, FilterScope, HeldState, HoldWhy};
use crate::domain::question::{AskedOf, QuestionKind};
use crate::domain::room::LineKind;
use crate::domain::time::Timestamp;
use crate::domain::waitlist::Turn;

macro_rules! integers {
    ($($name:ty),+ $(,)?) => {$(
        impl Type<Sqlite> for $name {
            fn type_info() -> SqliteTypeInfo {
                <i64 as Type<Sqlite>>::type_info()
            }
            fn compatible(found: &SqliteTypeInfo) -> bool {
                <i64 as Type<Sqlite>>::compatible(found)
            }
        }
        impl<'q> Encode<'q, Sqlite> for $name {
            fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
                <i64 as Encode<'q, Sqlite>>::encode_by_ref(&self.0, buffer)
            }
        }
        impl<'r> Decode<'r, Sqlite> for $name {
            fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(Self(<i64 as Decode<'r, Sqlite>>::decode(value)?))
            }
        }
    )+};
}

macro_rules! words {
    ($($name:ty),+ $(,)?) => {$(
        impl Type<Sqlite> for $name {
            fn type_info() -> SqliteTypeInfo {
                <str as Type<Sqlite>>::type_info()
            }
            fn compatible(found: &SqliteTypeInfo) -> bool {
                <str as Type<Sqlite>>::compatible(found)
            }
        }
        impl<'q> Encode<'q, Sqlite> for $name {
            fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
                <&'static str as Encode<'q, Sqlite>>::encode_by_ref(&self.as_str(), buffer)
            }
        }
        impl<'r> Decode<'r, Sqlite> for $name {
            fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
                Ok(<&'r str as Decode<'r, Sqlite>>::decode(value)?.parse()?)
            }
        }
    )+};
}

integers!(
    MemberId,
    KeyId,
    BoardId,
    ThreadId,
    TagId,
    CohortId,
    DuesId,
    PostId,
    PostNo,
    RoomId,
    LineId,
    KeepId,
    WallId,
    ConversationId,
    MessageId,
    MessageNo,
    ApplicationId,
    QuestionId,
    InviteId,
    CaseId,
    HeldId,
    CalmId,
    BanId,
    WatchId,
    FilterId,
    NoteId,
    ActId,
    RecoveryId,
    MatterId,
    NotificationId,
    LeftOffId,
    TermId,
    WordId,
    AuditId,
    Timestamp,
);
words!(
    Standing,
    Level,
    Role,
    Origin,
    BoardKind,
    Audience,
    BoardChoice,
    ThreadChoice,
    PostState,
    LeavingWay,
    BanKind,
    FilterAction,
    FilterScope,
    HeldState,
    HoldWhy,
    NotificationKind,
    PlaceKind,
    QuestionKind,
    AskedOf,
    LineKind,
    MessageKind,
    Contact,
    ThingKind,
    DutyKind,
    Weekday,
    Note,
    Curb,
    MatterKind,
    ActKind,
    Turn
);
