"""The names of the fields of a paper in several languages, by the name of the field.

They were collected from public digests.
"""

from __future__ import annotations

NAMES = {
    "ID": """
        arxiv id; arxiv; arxiv no; arxiv number; arxiv identifier; id; paper id; entry id; doi;
        canonical id; identifier; identifiers; external ids; ids; acl id; anthology id;
        acl anthology id; eprint; eprints; arxiv eprints; 论文编号; 編號; 编号; 論文番号;
        논문 번호; 식별자; mã; mã arxiv; mã bài báo; المعرف
    """,
    "LINK": """
        url; urls; uri; link; links; paper url; paper link; paper links; paper; pdf; pdf url;
        pdf link; abs; abs url; abstract url; arxiv url; arxiv link; arxiv page; arxiv page url;
        arxiv abs; arxiv pdf; html; html url; arxiv html; full text; read; read more; source;
        source url; reference; roam refs; hf; hf url; hf link; hugging face; huggingface;
        huggingface url; huggingface link; hub; web; website; alphaxiv; homepage; link to paper;
        paper page; 链接; 連結; 论文; 论文链接; 論文鏈接; 论文地址; 地址; 原文; 原文链接; 原文地址;
        网址; 论文原文; huggingface 链接; arxiv 链接; arxiv 地址; pdf 链接; リンク; 論文;
        論文リンク; 原論文; 論文 url; 出典; ソース; 링크; 논문; 논문 링크; 원문; 원문 링크;
        주소; 논문 주소; 출처; 원본; 바로가기; liên kết; bài báo; đường dẫn; nguồn;
        enlace; lien; quelle; ссылка; ссылки; статья; источник; verweis; verknüpfung; enlaces;
        bağlantı; kaynak; makale; collegamento; fonte; ligação; endereço; odnośnik; źródło; tautan;
        sumber; länk; посилання; джерело; koppeling; bron; odkaz; الرابط; رابط; المصدر; लिंक;
        title link; स्रोत; لینک; پیوند; ลิงก์; σύνδεσμος; hivatkozás; linkki; enllaç
    """,
    "TITLE": """
        title; titles; paper title; name; paper name; full title; headline; 标题; 標題; 论文标题;
        论文名称; 论文名; 文章标题; 文章题目; 이름; 名前; 名称;
        題名; 題目; 题目; 论文题目; タイトル; 論文タイトル; 論文名; 표제; 제목; 논문 제목; 논문명;
        tiêu đề; tên bài báo; tên; titulo; título; titre; titel; titolo; article title;
        paper title en; название; заголовок; название статьи; título del artículo; beitrag;
        başlık; makale adı; título do artigo; tytuł; judul; rubrik; назва; заголовок статті; název;
        العنوان; عنوان; शीर्षक; ชื่อเรื่อง; τίτλος; cím; titlu; otsikko; títol
    """,
    "OTHER_TITLE": """
        title zh; title cn; title ko; title kr; title ja; title jp; title vi;
        title translated; translated title; chinese title; korean title; 中文标题; 中文标题翻译;
        标题翻译; 中文名; 中文题目; 日本語タイトル; 邦題; 한글 제목; 한국어 제목; 번역 제목
    """,
    "ORIGINAL_TITLE": """
        original title; title en; english title; 英文标题; 英文標題; 英文题目; 英文題目; 英文名;
        英題; 英語タイトル; 英語題名; 영문 제목; 영어 제목; 영문명; 원문 제목; 原標題; 原題;
        tên gốc; tiêu đề tiếng anh; tên tiếng anh; 原题; 原标题; 原文标题; 英文原题;
        原論文タイトル; 원제; 원제목;
        논문 원제; título original; titre original; originaltitel; оригинальное название;
        tiêu đề gốc
    """,
    "AUTHORS": """
        author; authors; authorships; author list; author string; author s; by; written by;
        author names; 作者; 论文作者; 作者团队; 研究团队;
        作者列表; 著者; 著者名; 筆者; 저자; 저자들; 저자 목록; 연구진; 지은이; 글쓴이; tác giả;
        nhóm tác giả; who; autores; autor; auteurs; auteur; autoren; autori; creators; creator;
        contributors; writer; writers; authors parsed; authors list; first author;
        lead author; last author; senior author; corresponding author; corresponding authors;
        other authors; co authors; coauthors; 第一作者; 共同第一作者; 共同一作; 一作; 通讯作者;
        通訊作者; 其他作者; 合著者; 제1저자; 제 1저자; 공동저자; 교신저자; 筆頭著者;
        責任著者; 共著者; 研究者; 発表者;
        автор; авторы; verfasser; autorinnen; autorinnen und autoren; autor innen;
        autoras y autores; autorías; forschende;
        yazar; yazarlar; autore; autrici e autori; autorzy; penulis; författare; forfatter;
        forfattere; автори; schrijvers; autoři; auteurs et autrices; autoria; autrices;
        المؤلفون; المؤلف; المؤلفين; الكتاب; लेखक; نویسندگان; نویسنده; ผู้เขียน; ผู้แต่ง; συγγραφείς;
        szerzők; szerző; kirjoittajat; tekijät; autors
    """,
    "ISSUE_DAY": """
        issue date; digest date; issue day; issue; edition; announced; announcement date;
        announce date; collected; collected at; collected on; scraped date; scraped at; scraped on;
        fetched; fetched at; fetched on; fetch date; crawled on; harvested on; retrieved on;
        summarized on; listed; listed on; date listed; report date; featured; featured on; added;
        date added; added on; display date;
        displaydate; submitted on daily at; crawled at; crawl date; retrieved; retrieved at;
        등록일; summarized at; 收录日期; 收录时间; 推送日期; 推送时间; 收集日期; 抓取时间;
        抓取日期; 掲載日;
        紹介日; 収集日; 取得日; 수집일; 수집 날짜; 추천일; 선정일; ngày thu thập; ngày tổng hợp;
        дата выпуска
    """,
    "DATE": """
        date; day; when; ts; seen; seen on; read on; read at; datetime; time; timestamp; 日期;
        时间; 時間; 日付; 年月日; 日時; 날짜;
        presented; presented on; discussed; discussed on; reviewed on; covered on; picked on;
        shared; shared on; saved; saved on; finished; finished on; logged on; noted on;
        meeting; session; talk; week; week of; week ending; 读于; 讀於; 阅读于; 分享于; 読了; 初読;
        일자; 일시; 게시일; 발표일; 읽은일; 세미나일; 모임일; 작성일; 작성일자; 독서일; 완독일;
        스터디일; 리뷰일; 정리일; 소개일; 공유일;
        ngày; thời gian; fecha; datum; gelesen; gelesen am; vorgestellt am; lu le; leído; leído el;
        التاريخ; تاريخ; दिनांक; तारीख; تاریخ; วันที่; ημερομηνία; dátum; päivämäärä;
        дата; день; прочитано; tarih; tanggal; dagtekening; giorno; data di lettura; data da leitura
    """,
    "PUBLISHED": """
        published; published at; published on; publish date; publication date; published date;
        published online; published print; published parsed;
        pubdate; pub date; submitted; submitted on; submission date; submit date;
        arxiv submitted; cdate; created utc; created; created at; date created; date published;
        first submitted; release date; released; posted; posted on; year; month; dc date;
        publication time;
        发布日期; 发表日期; 发布时间; 提交日期; 发表时间; 提交时间; 出版日期; 公開日;
        投稿日; 発表日; 発行日; 提出日; 投稿日付; 公開日付; 発表日付; 発行日付;
        발행일; 출판일; 제출일; 공개일; ngày xuất bản; ngày công bố;
        issued; veröffentlicht; veröffentlicht am; erschienen; erschienen am; опубликовано;
        дата публикации; publicado; publicado el; fecha de publicación; publié; publié le;
        xuất bản lúc; enviado; enviado el; soumis; soumis le; eingereicht; eingereicht am; inviato;
        submetido; отправлено
    """,
    "UPDATED": """
        updated; updated at; updated on; update date; last updated; update; last modified;
        generated; generated at; generated on; build date; lastbuilddate; 更新日期; 更新时间;
        生成时间; 生成日期; 更新日; 作成日; 生成日; 生成日時; 更新日時; 作成日時; 最終更新;
        생성일; 생성 시각; 생성 일시; 갱신일; 업데이트; 업데이트 일시; 수정일; cập nhật;
        обновлено; aktualisiert; actualizado; mis à jour; erstellt am; generado
    """,
    "VOTES": """
        vote; votes; upvote; upvotes; up votes; likes; like; thumbs up; points; thumbs; hearts;
        kudos; claps; stimmen; voix; 点赞; 点赞数; 赞; 赞数; 投票; 投票数; 票数; 推荐数; 得票;
        いいね; いいね数; 票; 추천; 추천 수; 추천수; 투표; 투표 수; 투표수; 좋아요; 좋아요 수; 득표;
        공감; 공감 수; favourites; favorites;
        赞同; 赞同数; 获赞; 获赞数; 喜欢; 喜欢数; 热度; 熱度; 人气; イイネ; スキ; ハート; of votes;
        of upvotes; of likes; number of votes; number of upvotes; number of likes; lượt thích;
        thích; yêu thích; lượt yêu thích;
        lượt bình chọn; bình chọn; lượt vote; số lượt thích; votos; me gusta; j aime;
        голос; голоса; голосов; лайки; oy; oylar; beğeni; voti; voto; curtidas; mi piace; głosy;
        polubienia; suka; röster; stemmer; голосів; вподобання; stemmen; hlasy; j’aime; gostos;
        الإعجابات; إعجابات; إعجاب; الأصوات; أصوات; पसंद; वोट; رأی; پسند; โหวต; ψήφοι; szavazatok;
        voturi; ääniä; tykkäykset; vots; puntos; punkte; punti; pontos
    """,
    "SUMMARY": """
        abstract text; paper abstract; summary text; paper summary; abstract; summary; tldr;
        tl dr; description; blurb; synopsis; gist; digest; excerpt;
        details; remark; remarks; my take; abstracts;
        one liner; oneliner; short summary; brief; in short; key idea; main idea; findings;
        key findings; contribution; what is it about; why; insight; insights; commentary;
        abstract en; summary en; ai summary; content html; content text;
        overview; content; text; body; one sentence summary; key points; highlights;
        introduction; intro; preface; foreword; discussion; limitations; contributions;
        hinweis; hinweise; hintergrund; 참고; 補足;
        前言; 引言; 导言; 介绍; 论文介绍; 背景; 研究背景; はじめに; 序論; 서론; 들어가며; 소개;
        배경; abstract zh; abstract cn; abstract ko; abstract ja;
        summary zh; summary cn; summary ko; summary ja; summary kr; tldr zh; tldr cn; tldr ko;
        notes; note; comment on paper; takeaway; takeaways; why it matters; motivation; method;
        methods; methodology; result; results; conclusion; 摘要; 中文摘要; 英文摘要; 论文摘要;
        总结; 中文总结; 简介; 内容; 一句话总结; 概述; 要点; 亮点; 核心内容; 创新点; 要約; 概要;
        要旨; アブストラクト; まとめ; 日本語要約; ポイント; 一言で; 一言でいうと; 一言で言うと;
        ひとことで; 요약; 초록; 개요; 한줄 요약;
        한 줄 요약; 핵심; 핵심 내용; 설명; 내용; 한글 요약; 한국어 요약; tóm tắt; tổng quan;
        nội dung; nói ngắn gọn; resumen; résumé; resumo; riassunto; zusammenfassung; kurzfassung;
        worum geht es; аннотация; резюме; краткое содержание; кратко; суть; описание; kurz gesagt;
        kernaussage; inhalt; descripción; en breve; puntos clave; vấn đề chính; ý tưởng chính;
        özet; açıklama; sintesi; sommario; in breve; descrizione; descrição; em resumo; síntese;
        streszczenie; opis; ringkasan; abstrak; sammanfattning; sammendrag; анотація; підсумок;
        samenvatting; shrnutí; en bref; en résumé; idée clé; ideia principal; idea chiave;
        비고; 코멘트; 한줄평; 备注; 備註; 備考; 点评; 短评; 一句话点评; コメント; 一言コメント;
        ghi chú; nhận xét; bemerkung; bemerkungen; anmerkung; anmerkungen; remarques; observaciones;
        الملخص; ملخص; الخلاصة; सारांश; خلاصه; چکیده; สรุป; บทคัดย่อ; περίληψη; összefoglaló;
        összefoglalás; rezumat; tiivistelmä; resum
    """,
    "PICTURE": """
        picture; image; image url; thumbnail; thumbnail url; cover; figure; media url;
        media urls; img; teaser; 图片; 封面; 画像; 그림; 이미지; 썸네일; hình ảnh
    """,
    "FACT": """
        category; categories; primary category; subject; subjects; topic; topics; tag; tags; cats;
        keyword; keywords; chuyen muc;
        code; code url; code link; code available; github; github url;
        github repo; github link; repo; repository; project; project page; project url; demo;
        model; dataset; data; venue; journal; conference; comment; comments; affiliation;
        affiliations; institution; institutions; organization; organizations; score; llm score;
        rating; relevance; stars; github stars; citations; license; field; fields; domain; 代码;
        代码链接; 代码地址; 项目; 项目主页; 项目链接; 关键词; 关键字; 类别; 分类; 主题; 领域;
        标签; 机构; 单位; 所属机构; 作者单位; 评分; 分数; 会议; 期刊; 开源; コード; カテゴリ;
        カテゴリー; 分野; キーワード; タグ; 所属; 所属機関; 機関; 研究機関; プロジェクト; 学会;
        코드; 분야; 카테고리; 키워드; 주제; 태그;
        소속; 기관; 소속 기관; 프로젝트; 학회; 점수; mã nguồn; chủ đề; từ khóa; danh mục; lĩnh vực;
        palabras clave;
        发表; 발표; 게재; 발표처; код; тема; темы; категория; категории; теги; конференция;
        журнал; schlagwörter; kategorie; kategorien; thema; código; categoría; categorías; tema;
        temas; revista; conferencia; chuyên mục; hội nghị
    """,
}
