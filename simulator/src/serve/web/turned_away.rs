//! Requests that never reach a page: what was wrong, in the words of its reader.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::frame::{Chrome, page};

/// Stands for the title of the first page in an advice.
const HOME: &str = "{home}";

/// Why a request was turned away before any page or system saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnedAway {
    /// The `Host` is not an address of these pages.
    ForeignHost,
    /// Sent from a page of somebody else.
    ForeignPage,
    /// Without the token of the form.
    NoToken,
    /// No such page.
    NoSuchPage,
    /// A method the page does not have.
    Method,
    /// A body that is no form.
    NotAForm,
    /// A form larger than any of these pages' own.
    FormTooLarge,
    /// A body that cannot be read.
    Unreadable,
    /// A body that came too slowly.
    Slow,
    /// The record of the run could not be written.
    Broken,
}

impl TurnedAway {
    fn status(self) -> StatusCode {
        match self {
            Self::ForeignHost => StatusCode::MISDIRECTED_REQUEST,
            Self::ForeignPage | Self::NoToken => StatusCode::FORBIDDEN,
            Self::NoSuchPage => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::FormTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::ForeignHost => "この宛先では使えません",
            Self::ForeignPage | Self::NoToken => "操作を受け付けませんでした",
            Self::NoSuchPage => "画面がありません",
            Self::Method => "この操作はできません",
            Self::NotAForm | Self::Unreadable => "送信された内容を読めません",
            Self::FormTooLarge => "送信された内容が大きすぎます",
            Self::Slow => "送信に時間がかかりすぎました",
            Self::Broken => "記録に書けないため続けられません",
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::ForeignHost => {
                "この画面は、起動したときに表示されたアドレス（127.0.0.1 または localhost とポート番号）でだけ開けます。"
            }
            Self::ForeignPage => {
                "ほかのサイトの画面から送られた操作のため、受け付けませんでした。何も変わっていません。"
            }
            Self::NoToken => {
                "画面を開いてから時間がたったか、ログインし直した後に古い画面から送られたため、受け付けませんでした。何も変わっていません。"
            }
            Self::NoSuchPage => "アドレスが違うか、あなたには見られない画面・ファイルです。",
            Self::Method => "この画面にはない呼び方です。何も変わっていません。",
            Self::NotAForm => "画面のフォームから送られる形ではありません。何も変わっていません。",
            Self::FormTooLarge => "入力した文字が多すぎます。何も変わっていません。",
            Self::Unreadable => {
                "途中で切れたか、画面のフォームから送られる形ではありません。何も変わっていません。"
            }
            Self::Slow => "途中で通信が止まったため、受け付けをやめました。何も変わっていません。",
            Self::Broken => {
                "模擬環境が記録（ジャーナル）を書けません。模擬環境を動かしている担当者が、ディスクの空きと書き込みの権限を確かめてください。"
            }
        }
    }

    /// What to do next; `home` is the title of the first page.
    fn advice(self, home: &str) -> String {
        let text = match self {
            Self::ForeignHost => {
                "模擬環境を起動した画面に表示されたアドレスを、ブラウザーに入力してください。"
            }
            Self::ForeignPage | Self::NoToken | Self::Method | Self::NotAForm => {
                "「{home}」の画面を開き直し、そこからもう一度操作してください。"
            }
            Self::NoSuchPage => "「{home}」の画面から選び直してください。",
            Self::FormTooLarge | Self::Unreadable => "画面を開き直し、入力し直してください。",
            Self::Slow => "通信の状態を確かめて、もう一度送ってください。",
            Self::Broken => "直した後に、模擬環境を起動し直してください。",
        };
        text.replace(HOME, home)
    }
}

/// Another answer than the page that was asked for: led on, or turned away.
#[derive(Debug)]
pub struct Instead(Box<Response>);

impl From<Response> for Instead {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for Instead {
    fn into_response(self) -> Response {
        *self.0
    }
}

#[derive(Template)]
#[template(path = "web/turned_away.html")]
struct TurnedAwayPage<'a> {
    chrome: &'a Chrome,
    title: &'static str,
    reason: &'static str,
    advice: String,
}

/// The page that says why.
pub(super) fn turn_away(chrome: &Chrome, why: TurnedAway) -> Response {
    let template = TurnedAwayPage {
        chrome,
        title: why.title(),
        reason: why.reason(),
        advice: why.advice(chrome.home),
    };
    page(why.status(), &template)
}
