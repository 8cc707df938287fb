//! Listening so that `localhost` works whichever family a browser tries first.

use anyhow::{Context as _, Result, bail};
use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};
use tokio::net::TcpListener;

/// Listens at the address; for one of the two loopback addresses also at the other, where the machine has it.
pub async fn listen(address: SocketAddr) -> Result<Vec<TcpListener>> {
    let first = TcpListener::bind(address).await.with_context(|| in_words(address))?;
    let port = first.local_addr()?.port();
    let twin = match address.ip() {
        IpAddr::V4(Ipv4Addr::LOCALHOST) => IpAddr::from(Ipv6Addr::LOCALHOST),
        IpAddr::V6(Ipv6Addr::LOCALHOST) => IpAddr::from(Ipv4Addr::LOCALHOST),
        _ => return Ok(vec![first]),
    };
    let twin = SocketAddr::new(twin, port);
    match TcpListener::bind(twin).await {
        Ok(second) => Ok(vec![first, second]),
        // A browser that tries this family first would end up with somebody else.
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!("{}: {error}", in_words(twin)),
        Err(_) => Ok(vec![first]),
    }
}

fn in_words(address: SocketAddr) -> String {
    format!("cannot listen at {address} (another port can be given with --app-addr or --receiver-addr)")
}

/// The origin as a person types it.
pub fn shown(listeners: &[TcpListener]) -> Option<String> {
    let address = listeners.first()?.local_addr().ok()?;
    Some(if address.ip().is_loopback() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_is_said_and_localhost_is_shown() {
        let first = listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = first[0].local_addr().unwrap();
        assert_eq!(shown(&first), Some(format!("http://localhost:{}", address.port())));
        let error = listen(address).await.unwrap_err();
        assert!(format!("{error:#}").contains("--app-addr"), "{error:#}");
        assert_eq!(shown(&[]), None);
    }
}
